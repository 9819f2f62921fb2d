package io.narthex.validate;

import io.narthex.aws.sqs.SqsMessage;

/** The way to have a message that failed again before the queue would give it by itself. */
@FunctionalInterface
public interface Retries {
  /**
   * Has it again soon.
   *
   * @throws io.narthex.cache.store.StoreException if the queue refused
   */
  void soon(SqsMessage message);
}

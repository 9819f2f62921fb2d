package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.sqs.LookAt;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.store.ObjectKey;
import io.narthex.local.queue.DurableQueue;
import java.util.Collection;

/** The function's own queue, on this machine. */
final class QueueMessages implements Messages {
  private final DurableQueue queue;

  QueueMessages(DurableQueue queue) {
    this.queue = requireNonNull(queue, "queue is null");
  }

  @Override
  public void lookAt(Collection<ObjectKey> keys) {
    var _ = queue.sendAll(keys.stream().map(key -> new LookAt(key).body()).toList());
  }
}

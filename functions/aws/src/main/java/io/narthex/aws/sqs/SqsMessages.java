package io.narthex.aws.sqs;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.store.ObjectKey;
import java.util.Collection;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Look-at messages on a queue. */
public final class SqsMessages implements Messages {
  private final SqsSender sender;

  /** The client stays the caller's to close. */
  public SqsMessages(SqsClient sqs, String queueUrl) {
    this.sender = new SqsSender(sqs, queueUrl);
  }

  @Override
  public void lookAt(Collection<ObjectKey> keys) {
    sender.send(keys.stream().map(key -> new LookAt(key).body()).toList());
  }
}

package io.narthex.aws.sqs;

import io.narthex.cache.index.IndexMessages;
import io.narthex.nix.path.StorePathHash;
import java.util.Collection;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Messages to the index on a queue. */
public final class SqsIndexMessages implements IndexMessages {
  private final SqsSender sender;

  /** The client stays the caller's to close. */
  public SqsIndexMessages(SqsClient sqs, String queueUrl) {
    this.sender = new SqsSender(sqs, queueUrl);
  }

  @Override
  public void look(Collection<StorePathHash> hashes) {
    sender.send(hashes.stream().map(hash -> new IndexLook(hash).body()).toList());
  }
}

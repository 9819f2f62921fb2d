package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.AccountId;

/**
 * What a queue calls itself in the events it causes.
 *
 * @param region e.g. {@code eu-west-2}
 * @param account that owns it
 * @param queueName e.g. {@code narthex-validate}
 */
public record EventSource(String region, AccountId account, String queueName) {

  /** Refuses an empty part. */
  public EventSource {
    requireNonNull(account, "account");
    if (region.isEmpty() || queueName.isEmpty()) {
      throw new IllegalArgumentException("region '" + region + "', queue '" + queueName + "'");
    }
  }

  /** The queue's name in full, e.g. {@code arn:aws:sqs:eu-west-2:000000000000:validate}. */
  public String arn() {
    return "arn:aws:sqs:" + region + ":" + account + ":" + queueName;
  }
}

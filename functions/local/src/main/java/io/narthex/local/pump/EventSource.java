package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

/**
 * What a queue calls itself in the events it causes.
 *
 * @param region e.g. {@code eu-west-2}
 * @param account 12 digits
 * @param queueName e.g. {@code narthex-validate}
 */
public record EventSource(String region, String account, String queueName) {

  /** Refuses an empty part, and an account that is not 12 digits. */
  public EventSource {
    requireNonNull(account, "account");
    if (region.isEmpty() || queueName.isEmpty()) {
      throw new IllegalArgumentException("region '" + region + "', queue '" + queueName + "'");
    }
    if (account.length() != 12 || !account.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("account '" + account + "', expected 12 digits");
    }
  }

  /** The queue's name in full, e.g. {@code arn:aws:sqs:eu-west-2:000000000000:validate}. */
  public String arn() {
    return "arn:aws:sqs:" + region + ":" + account + ":" + queueName;
  }
}

package io.narthex.local.lambda;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.AccountId;
import java.time.Duration;

/**
 * A function as its configuration names it.
 *
 * @param name e.g. {@code narthex-validate}
 * @param region e.g. {@code eu-west-2}
 * @param account that it is in
 * @param timeout of one invocation
 * @param memoryMegabytes what the function is told it has
 */
public record FunctionIdentity(
    String name, String region, AccountId account, Duration timeout, int memoryMegabytes) {

  /** Refuses a timeout or a memory that is not positive. */
  public FunctionIdentity {
    requireNonNull(name, "name is null");
    requireNonNull(region, "region is null");
    requireNonNull(account, "account is null");
    if (!timeout.isPositive() || memoryMegabytes < 1) {
      throw new IllegalArgumentException(
          "timeout " + timeout + ", memory " + memoryMegabytes + " MB; both must be positive");
    }
  }

  /** In full, e.g. {@code arn:aws:lambda:eu-west-2:000000000000:function:narthex-validate}. */
  public String arn() {
    return "arn:aws:lambda:%s:%s:function:%s".formatted(region, account, name);
  }
}

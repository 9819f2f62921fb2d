package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

/**
 * What a bucket itself says of who may use it.
 *
 * @param policy its policy
 * @param block what its owner rules out
 */
public record BucketRules(BucketPolicy policy, PublicAccessBlock block) {
  /** Of a bucket that says nothing. */
  public static final BucketRules NONE =
      new BucketRules(new BucketPolicy.None(), PublicAccessBlock.NONE);

  /** Checks that nothing is missing. */
  public BucketRules {
    requireNonNull(policy, "policy");
    requireNonNull(block, "block");
  }
}

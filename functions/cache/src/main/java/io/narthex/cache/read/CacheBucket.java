package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.policy.AccountId;

/**
 * The cache bucket as its policy names it.
 *
 * @param arn e.g. {@code arn:aws:s3:::example-nix-cache}
 * @param account the owner of the bucket
 */
public record CacheBucket(String arn, AccountId account) {
  public CacheBucket {
    requireNonNull(arn, "arn is null");
    requireNonNull(account, "account is null");
    if (!arn.matches("arn:[a-z-]+:s3:::[a-z0-9.-]{3,63}")) {
      throw new IllegalArgumentException("not the ARN of a bucket: " + arn);
    }
  }

  String arn(ObjectKey key) {
    return arn + "/" + key;
  }
}

package io.narthex.local.host;

/** Policies of {@code infra/policies} that are for people, filled in for the laptop. */
public final class ShippedPolicies {
  private ShippedPolicies() {}

  /** The identity policy that the Nix manual gives those who upload to a bucket: seven actions. */
  public static String upload(String bucket) {
    return new LocalPolicies(bucket, bucket + "-state").uploadPolicy();
  }
}

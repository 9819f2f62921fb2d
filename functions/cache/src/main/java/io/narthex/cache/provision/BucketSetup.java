package io.narthex.cache.provision;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a bucket's setup decides whether verdicts on its objects can be kept.
 *
 * @param region e.g. {@code eu-west-2}
 * @param isVersioned whether S3 Versioning is on
 * @param ownership as S3 names it, e.g. {@code BucketOwnerEnforced}
 * @param encryption the default algorithm as S3 names it, e.g. {@code AES256}
 */
public record BucketSetup(String region, boolean isVersioned, String ownership, String encryption) {
  private static final String OWNER_ENFORCED = "BucketOwnerEnforced";
  private static final String SSE_S3 = "AES256";

  public BucketSetup {
    requireNonNull(region, "region is null");
    requireNonNull(ownership, "ownership is null");
    requireNonNull(encryption, "encryption is null");
  }

  /**
   * Why it cannot be used from this region, each with what to do; empty if it can.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html">Versioning</a>
   */
  public List<String> problems(String ourRegion) {
    var problems = new ArrayList<String>();
    if (!region.equals(ourRegion)) {
      problems.add("it is in %s, this stack in %s: deploy there".formatted(region, ourRegion));
    }
    if (!isVersioned) {
      problems.add(
          "versioning is off, and a verdict belongs to a version: aws s3api put-bucket-versioning"
              + " --versioning-configuration Status=Enabled");
    }
    if (!ownership.equals(OWNER_ENFORCED)) {
      problems.add(
          "object ownership is %s, so ACLs go around the bucket policy: set %s"
              .formatted(ownership, OWNER_ENFORCED));
    }
    if (!encryption.equals(SSE_S3)) {
      problems.add(
          "default encryption is %s, for which the functions have no key: set %s"
              .formatted(encryption, SSE_S3));
    }
    return problems;
  }
}

package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.EmbeddedS3;
import io.narthex.local.s3.model.S3Refusal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policy that a bucket has until its administrator puts another. What was put here is
 * remembered by digest, so that it can be replaced by a newer one, and nothing else is.
 */
final class DefaultPolicy {
  private final Path remembered;
  private final String bucket;
  private final String json;

  DefaultPolicy(Path data, String bucket, String json) {
    this.remembered = data.resolve("default-policy-of-" + bucket + ".sha256");
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.json = requireNonNull(json, "json is null");
  }

  /**
   * Puts the policy unless an administrator has put one. A directory that remembers nothing is of a
   * version that put its policy at every start.
   *
   * @return what a user must be told
   */
  Optional<String> putOn(EmbeddedS3 s3) {
    Optional<Set<String>> ours =
        PrivateFile.read(remembered).map(text -> text.lines().collect(Collectors.toSet()));
    Optional<String> there = s3.bucketPolicy(bucket);
    boolean theirs =
        there.isPresent() && ours.isPresent() && !ours.get().contains(digest(there.get()));
    return theirs ? Optional.of(kept()) : put(s3, ours.orElse(Set.of()));
  }

  /** Remembers first: stopped in between, what is on the bucket is remembered as well. */
  private Optional<String> put(EmbeddedS3 s3, Set<String> ours) {
    Set<String> digests = new LinkedHashSet<>(ours);
    s3.bucketPolicy(bucket).ifPresent(there -> digests.add(digest(there)));
    digests.add(digest(json));
    PrivateFile.write(remembered, String.join("\n", digests) + "\n");
    try {
      s3.putBucketPolicy(bucket, json);
      return Optional.empty();
    } catch (S3Refusal refusal) {
      return Optional.of(
          "Bucket %s does not get its default policy: %s".formatted(bucket, refusal.getMessage()));
    }
  }

  private String kept() {
    return ("Bucket %1$s has a policy of its administrator's, which stays. Back to the default one:"
            + " aws s3api delete-bucket-policy --bucket %1$s --profile admin, and a restart.")
        .formatted(bucket);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

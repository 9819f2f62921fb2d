package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.PolicyDocument;
import java.util.Optional;

/** The policy of a bucket, as far as there is one. */
public sealed interface BucketPolicy {
  /** As it was put; empty where the bucket has none. */
  Optional<String> text();

  /** The bucket has none. */
  record None() implements BucketPolicy {
    @Override
    public Optional<String> text() {
      return Optional.empty();
    }
  }

  /**
   * One that is decided by.
   *
   * @param json as it was put
   * @param document the same, understood
   * @param isPublic in the sense of Block Public Access
   */
  record Understood(String json, PolicyDocument document, boolean isPublic)
      implements BucketPolicy {
    /** Checks that nothing is missing. */
    public Understood {
      requireNonNull(json, "json");
      requireNonNull(document, "document");
    }

    @Override
    public Optional<String> text() {
      return Optional.of(json);
    }
  }

  /**
   * One that was taken once and cannot be understood now: nobody gets in by it, and nobody beside
   * it.
   *
   * @param json as it was put
   */
  record NotUnderstood(String json) implements BucketPolicy {
    /** Checks that it is there. */
    public NotUnderstood {
      requireNonNull(json, "json");
    }

    @Override
    public Optional<String> text() {
      return Optional.of(json);
    }
  }
}

package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

/** What the store says when it is asked for a bucket's policy. */
public sealed interface StoredPolicy {
  /** This JSON. */
  record Text(String json) implements StoredPolicy {
    public Text {
      requireNonNull(json, "json is null");
    }
  }

  /** The bucket has none. */
  record None() implements StoredPolicy {}

  /** We may not know. */
  record Refused(String reason) implements StoredPolicy {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }
}

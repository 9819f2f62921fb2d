package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;

/** A reference that makes a closure incomplete, and why. */
public record MissedReference(StorePath path, Why why) {
  public MissedReference {
    requireNonNull(path, "path is null");
    requireNonNull(why, "why is null");
  }

  /** Why a reference counts for nothing. */
  public enum Why {
    /** It is neither in the cache nor upstream. */
    ABSENT("absent"),
    /** It is in the cache and rejected. */
    REJECTED("rejected"),
    /** It is in the cache and waits itself. */
    WAITING("waiting"),
    /** Whether it is there and good could not be found out. */
    UNCHECKED("unchecked");

    private final String label;

    Why(String label) {
      this.label = label;
    }

    /** As in reports, e.g. {@code absent}. */
    @Override
    public String toString() {
      return label;
    }
  }
}

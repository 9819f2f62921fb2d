package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * What the index says of one store path. It is a function of what lies in the two buckets: the
 * narinfo with its tags and, where the narinfo is gone, the report.
 *
 * @param verdict waiting also for a narinfo that has not been judged yet
 * @param described what the narinfo says; empty if there is none any more, or none that can be read
 */
public record Entry(StorePathHash hash, VerdictTag verdict, Optional<Described> described)
    implements Comparable<Entry> {
  public Entry {
    requireNonNull(hash, "hash is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(described, "described is null");
  }

  /** Whether it may be served, to those who may read it. */
  public boolean isVerified() {
    return verdict == VerdictTag.VERIFIED;
  }

  @Override
  public int compareTo(Entry other) {
    return hash.compareTo(other.hash);
  }
}

package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * What the index says of one store path. It is a function of what lies in the two buckets: the
 * narinfo with its tags and, where the narinfo is gone, the report. Of what is not verified it says
 * little: whoever may upload may write into it what he wants, and as much.
 *
 * @param verdict waiting also for a narinfo that has not been judged yet
 * @param described what the narinfo says, {@linkplain Described#brief() in brief} unless it is
 *     verified; empty if there is none any more, or none that can be read
 */
public record Entry(StorePathHash hash, VerdictTag verdict, Optional<Described> described)
    implements Comparable<Entry> {
  public Entry {
    requireNonNull(hash, "hash is null");
    requireNonNull(verdict, "verdict is null");
    described = verdict == VerdictTag.VERIFIED ? described : described.map(Described::brief);
  }

  @Override
  public int compareTo(Entry other) {
    return hash.compareTo(other.hash);
  }
}

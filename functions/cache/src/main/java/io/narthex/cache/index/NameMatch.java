package io.narthex.cache.index;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;

/**
 * A name in which another one occurs. Those that begin with it come first, then they are in the
 * order of their names.
 *
 * @param begins whether it begins with what was searched for
 * @param partition where its paths are
 * @param first number of the first hash of them
 * @param count how many paths have it
 */
record NameMatch(boolean begins, String name, Slice partition, long first, long count)
    implements Comparable<NameMatch> {
  NameMatch {
    requireNonNull(name, "name is null");
    requireNonNull(partition, "partition is null");
  }

  /** How one of this path's name would compare to others. */
  static NameMatch of(StorePath path, String lowerCase) {
    String name = path.name().name();
    return new NameMatch(name.toLowerCase(ROOT).startsWith(lowerCase), name, Slice.ALL, 0, 0);
  }

  /** Whether it is the name of a path. */
  boolean isNamed(StorePath path) {
    return path.name().name().equals(name);
  }

  @Override
  public int compareTo(NameMatch other) {
    return begins == other.begins
        ? name.compareTo(other.name)
        : Boolean.compare(other.begins, begins);
  }
}

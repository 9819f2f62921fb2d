package io.narthex.local.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.nix.path.StorePathHash;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a task is getting on. */
public sealed interface TaskState {
  /**
   * It is not over.
   *
   * @param step what is counted, e.g. {@code paths}; empty while nothing is
   * @param total about how many there are
   */
  record Running(String step, long done, long total) implements TaskState {
    /** Nothing has been counted yet. */
    public static final Running BEGUN = new Running("", 0, 0);

    public Running {
      requireNonNull(step, "step is null");
    }
  }

  /** The index was built, and is read now. */
  record Rebuilt(int generation, long paths) implements TaskState {}

  /**
   * It was compared.
   *
   * @param paths how many were
   * @param drift how many differ
   * @param kinds how they do, as far as who compared them says
   * @param found the first of these, at most {@link #MOST}, as far as who compared them says
   * @param repaired how many were looked at again
   */
  record Checked(
      long paths,
      long drift,
      Map<Drift, Long> kinds,
      SortedMap<StorePathHash, Drift> found,
      long repaired)
      implements TaskState {
    /** So many are named. */
    public static final int MOST = 10_000;

    public Checked {
      var counts = new EnumMap<Drift, Long>(Drift.class);
      counts.putAll(kinds);
      kinds = Collections.unmodifiableMap(counts);
      found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
    }

    /** All that differ are known. */
    static Checked of(long paths, Map<StorePathHash, Drift> drift, boolean isRepaired) {
      var kinds = new EnumMap<Drift, Long>(Drift.class);
      drift.values().forEach(kind -> kinds.merge(kind, 1L, Long::sum));
      var found = new TreeMap<>(drift);
      while (found.size() > MOST) {
        found.pollLastEntry();
      }
      long mended = drift.values().stream().filter(Drift::isMended).count();
      return new Checked(paths, drift.size(), kinds, found, isRepaired ? mended : 0);
    }
  }

  /** It has failed; to begin it again goes on where it was. */
  record Failed(String reason) implements TaskState {
    public Failed {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Whether no more will come of it. */
  default boolean isOver() {
    return !(this instanceof Running);
  }
}

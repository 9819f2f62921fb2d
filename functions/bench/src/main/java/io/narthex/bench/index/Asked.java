package io.narthex.bench.index;

import io.narthex.nix.path.StorePathHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Hashes that are asked for, in random order: half of them of paths that are there.
 *
 * @param all each once
 * @param absent those of which there is no path
 */
record Asked(List<StorePathHash> all, Set<StorePathHash> absent) {
  Asked {
    all = List.copyOf(all);
    absent = Set.copyOf(absent);
  }

  /** Half of that many of these paths, or all if there are no more, and as many others. */
  static Asked of(SyntheticPaths paths, int count, Random random) {
    int half = (int) Math.min(count / 2, paths.count());
    List<StorePathHash> there =
        random.longs(0, paths.count()).distinct().limit(half).mapToObj(paths::hash).toList();
    var absent = new HashSet<StorePathHash>();
    while (absent.size() < half) {
      StorePathHash hash = any(random);
      if (paths.number(hash.nix32()).isEmpty()) {
        absent.add(hash);
      }
    }
    var all = new ArrayList<>(there);
    all.addAll(absent);
    Collections.shuffle(all, random);
    return new Asked(all, absent);
  }

  private static StorePathHash any(Random random) {
    var digits = new byte[StorePathHash.LENGTH];
    for (int at = 0; at < digits.length; at += Long.BYTES) {
      SyntheticHashes.digits(random.nextLong(), digits, at, Long.BYTES);
    }
    return new StorePathHash(SyntheticHashes.text(digits));
  }

  /** Fails where an answer is wrong but for the false positives that a set may have. */
  void requireAnswered(Collection<String> absentByAnswer) {
    long right =
        absentByAnswer.stream().filter(text -> absent.contains(new StorePathHash(text))).count();
    if (right < absentByAnswer.size() || right < absent.size() - 1) {
      throw new IllegalStateException(
          "%d of %d absent ones, and %d others"
              .formatted(right, absent.size(), absentByAnswer.size() - right));
    }
  }
}

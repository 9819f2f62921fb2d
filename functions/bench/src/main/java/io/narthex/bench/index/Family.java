package io.narthex.bench.index;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Paths that belong together, as those of a system do: each has a place among the hashes, and
 * another one in the order of building, and refers to some that were built before.
 */
final class Family {
  private static final int FRACTION = 20;

  private final int[] placeOf;
  private final int[] orderOf;

  Family(int size) {
    var places = IntStream.range(0, size).boxed().collect(Collectors.toList());
    Collections.shuffle(places, new Random(size));
    this.placeOf = places.stream().mapToInt(place -> place).toArray();
    this.orderOf = new int[size];
    for (int order = 0; order < size; order++) {
      orderOf[placeOf[order]] = order;
    }
  }

  /** The place of the one that was built last: it refers to any of the others. */
  int last() {
    return placeOf[placeOf.length - 1];
  }

  /** Places of that many that were built before the one at a place, or all of these; rising. */
  int[] before(int place, int wanted, long seed) {
    int earlier = orderOf[place];
    int count = Math.min(wanted, earlier);
    var places = new int[count];
    long stratum = count == 0 ? 0 : ((long) earlier << FRACTION) / count;
    long random = seed;
    int kept = 0;
    int previous = -1;
    for (int i = 0; i < count; i++) {
      random = SplitMix.mixed(random);
      int order = (int) ((i * stratum + SplitMix.below(random, stratum)) >>> FRACTION);
      if (order != previous) {
        places[kept++] = placeOf[order];
      }
      previous = order;
    }
    int[] found = kept == count ? places : Arrays.copyOf(places, kept);
    Arrays.sort(found);
    return found;
  }
}

package io.narthex.cache.index;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Gatherers;

/**
 * So many requests at a time, which take tens of milliseconds each on S3.
 *
 * @param atOnce 1 for one after the other, on the thread that asks
 */
record Parallel(int atOnce) {
  Parallel {
    if (atOnce < 1) {
      throw new IllegalArgumentException(atOnce + " at once");
    }
  }

  /** What each comes to, in their order; the first failure is thrown. */
  <T, R> List<R> map(Collection<T> all, Function<T, R> work) {
    return atOnce == 1 || all.size() == 1
        ? all.stream().map(work).toList()
        : all.stream().gather(Gatherers.mapConcurrent(atOnce, work)).toList();
  }
}

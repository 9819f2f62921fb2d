package io.narthex.cache.index;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/**
 * So many requests at a time, which take tens of milliseconds each on S3. A store that answers at
 * once is asked by few of the threads for everything, and costs no thread for each request.
 *
 * @param atOnce 1 for one after the other, on the thread that asks
 */
record Parallel(int atOnce) {
  Parallel {
    if (atOnce < 1) {
      throw new IllegalArgumentException(atOnce + " at once");
    }
  }

  /**
   * What each comes to, in their order; once one has failed no other is begun, and it is thrown.
   */
  <T, R> List<R> map(Collection<T> all, Function<T, R> work) {
    if (atOnce == 1 || all.size() <= 1) {
      return all.stream().map(work).toList();
    }
    var shared = new Shared<>(List.copyOf(all), work);
    var _ =
        IntStream.range(0, Math.min(atOnce, all.size()))
            .boxed()
            .gather(Gatherers.mapConcurrent(atOnce, _ -> shared.take()))
            .toList();
    return shared.results();
  }

  /** Work that threads take from, one item after the other, until nothing is left. */
  private static final class Shared<T, R> {
    private final List<T> items;
    private final Function<T, R> work;
    private final AtomicReferenceArray<R> results;
    private final AtomicInteger next = new AtomicInteger();

    Shared(List<T> items, Function<T, R> work) {
      this.items = items;
      this.work = work;
      this.results = new AtomicReferenceArray<>(items.size());
    }

    /** Returns once nothing is left. */
    boolean take() {
      boolean isDone = false;
      try {
        for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
          results.set(i, work.apply(items.get(i)));
        }
        isDone = true;
      } finally {
        if (!isDone) {
          next.set(items.size());
        }
      }
      return isDone;
    }

    List<R> results() {
      return IntStream.range(0, items.size()).mapToObj(results::get).toList();
    }
  }
}

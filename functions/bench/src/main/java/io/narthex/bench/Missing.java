package io.narthex.bench;

import io.narthex.bench.index.AskedCache;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same 5,000 hashes, half of them absent, asked for by one question at the HTTP front with the
 * serving function behind it, and by 5,000 HEADs at nginx which has the narinfos of the same cache
 * on disk.
 */
final class Missing implements Benchmark {
  private static final int ASKED = 5000;

  /** Questions before the first round, so many that the code that answers them is compiled. */
  private static final int WARM_UP = 1000;

  private static final double NANOS_A_MILLI = 1e6;
  private static final String SUFFIX = ".narinfo";

  private final int entries;

  Missing(int entries) {
    this.entries = entries;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    Bench.progress("building an index of %,d paths".formatted(entries));
    try (Scratch scratch = Scratch.create();
        AskedCache cache = AskedCache.of(scratch.directory(), entries, ASKED)) {
      Bench.progress("writing as many narinfos");
      try (Nginx nginx = Nginx.serve(cache::writeNarInfos)) {
        List<String> paths = cache.asked().stream().map(hash -> hash + SUFFIX).toList();
        Path curl = scratch.directory().resolve("curl.config");
        Curl.configure(curl, nginx.url(""), paths);
        return compare(cache, nginx.url(""), paths, curl, rounds);
      }
    }
  }

  private static List<Figure> compare(
      AskedCache cache, URI nginx, List<String> paths, Path curl, int rounds)
      throws IOException, InterruptedException {
    var cold = new Rounds();
    var warm = new Rounds();
    var byCurl = new Rounds();
    Bench.progress("warming up");
    for (int i = 0; i < WARM_UP; i++) {
      var _ = cache.absentAfterForgetting();
    }
    for (int i = 0; i <= rounds; i++) {
      Bench.progress("round %d of %d".formatted(i, rounds));
      Timed first = time(cache::absentAfterForgetting);
      Timed second = time(cache::absent);
      Timed heads = time(() -> HeadReaders.absent(nginx, paths));
      Timed client = time(() -> Curl.absent(curl));
      cache.requireRight(first.absent());
      first.requireSame(second);
      hashes(heads).requireSame(first);
      hashes(client).requireSame(first);
      if (i > 0) {
        cold.add(first.millis(), heads.millis());
        warm.add(second.millis(), heads.millis());
        byCurl.add(second.millis(), client.millis());
      }
    }
    return List.of(
        cold.figure("missing, nothing remembered", "ms", "5,000 HEADs at nginx"),
        warm.figure("missing, sets remembered", "ms", "5,000 HEADs at nginx"),
        byCurl.figure("missing, sets remembered", "ms", "5,000 HEADs by curl"));
  }

  private static Timed hashes(Timed paths) {
    return new Timed(
        paths.millis(),
        paths.absent().stream()
            .map(path -> path.substring(0, path.length() - SUFFIX.length()))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @FunctionalInterface
  private interface Question {
    Set<String> absent() throws IOException, InterruptedException;
  }

  private static Timed time(Question question) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Set<String> absent = question.absent();
    return new Timed((System.nanoTime() - start) / NANOS_A_MILLI, absent);
  }

  /** An answer and what it took. */
  private record Timed(double millis, Set<String> absent) {
    void requireSame(Timed other) {
      if (!absent.equals(other.absent())) {
        throw new IllegalStateException(
            "%d absent, and %d absent".formatted(absent.size(), other.absent().size()));
      }
    }
  }
}

package io.narthex.bench;

import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Small paths end to end: from the first PUT to the last verdict, by several uploaders. The
 * reference is the same PUTs under a prefix that is no part of a Nix cache: same endpoint, same
 * client, same events, nothing to verify. Its clock stops at the last answer.
 */
final class SmallUploads implements Benchmark {
  private static final int PATHS = 2_000;
  private static final int WARM_UP = 200;
  private static final int UPLOADERS = 4;
  private static final double NANOS = 1e9;

  private final Path project;

  SmallUploads(Path project) {
    this.project = project;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    System.setProperty("http.maxConnections", Integer.toString(UPLOADERS));
    var endToEnd = new Rounds();
    var uploads = new Rounds();
    var random = new Random(1);
    try (NarthexHost host = NarthexHost.start(project);
        S3Client client = host.client();
        ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS)) {
      var round = new Round(host, client, uploaders);
      round.measure(paths(WARM_UP, random, host.signingKey()));
      for (int i = 1; i <= rounds; i++) {
        Bench.progress("round %d of %d".formatted(i, rounds));
        round.measure(paths(PATHS, random, host.signingKey())).addTo(endToEnd, uploads);
      }
    }
    String plain = "the same PUTs, nothing to verify";
    return List.of(
        endToEnd.figure("small-uploads, verified", "paths/s", plain),
        uploads.figure("small-uploads, uploaded", "paths/s", plain));
  }

  private static List<SmallPath> paths(int count, Random random, SecretKey key) {
    return IntStream.range(0, count)
        .mapToObj(i -> SmallPath.of("small-" + i, random, key))
        .toList();
  }

  /** Paths a second: uploaded beside verification, verified, and with nothing to verify. */
  private record Rates(double uploaded, double verified, double plain) {
    void addTo(Rounds endToEnd, Rounds uploads) {
      endToEnd.add(verified, plain);
      uploads.add(uploaded, plain);
    }
  }

  /** One round at one host; knows how many paths were verified before. */
  private static final class Round {
    private final NarthexHost host;
    private final S3Client client;
    private final ExecutorService uploaders;
    private long verified;

    Round(NarthexHost host, S3Client client, ExecutorService uploaders) {
      this.host = host;
      this.client = client;
      this.uploaders = uploaders;
    }

    Rates measure(List<SmallPath> paths) throws IOException, InterruptedException {
      long plain = time(() -> upload("plain/", paths));
      host.awaitIdle();
      long start = System.nanoTime();
      upload("", paths);
      long uploaded = System.nanoTime() - start;
      verified += paths.size();
      host.awaitVerified(verified);
      long all = System.nanoTime() - start;
      host.awaitIdle();
      double count = paths.size() * NANOS;
      return new Rates(count / uploaded, count / all, count / plain);
    }

    private interface Step {
      void run() throws InterruptedException;
    }

    private static long time(Step step) throws InterruptedException {
      long start = System.nanoTime();
      step.run();
      return System.nanoTime() - start;
    }

    private void upload(String prefix, List<SmallPath> paths) throws InterruptedException {
      var pending = new ArrayList<Future<?>>();
      for (SmallPath path : paths) {
        pending.add(uploaders.submit(() -> upload(prefix, path)));
      }
      for (Future<?> future : pending) {
        try {
          future.get();
        } catch (ExecutionException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    /** In Nix's order: the archive first. */
    private void upload(String prefix, SmallPath path) {
      host.put(client, prefix + path.narKey(), path.file());
      host.put(client, prefix + path.narInfoKey(), path.narInfo());
    }
  }
}

package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Processor time and elapsed time of a narinfo request at the HTTP front against nginx with the
 * same file. The front's process is the whole laptop host: its time includes the serving function
 * and the embedded S3 that it reads from.
 */
final class NarinfoHttp implements Benchmark {
  private static final int REQUESTS = 8_000;
  private static final double MICROS = 1e6;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Path project;

  NarinfoHttp(Path project) {
    this.project = project;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    try (NarthexHost host = NarthexHost.start(project);
        KeepAliveReaders readers = new KeepAliveReaders()) {
      SmallPath path = SmallPath.of("served-1.0", new Random(1), host.signingKey());
      upload(host, path);
      try (Nginx nginx = Nginx.serve(path.narInfoKey(), path.narInfo())) {
        return compare(host, nginx, readers, path, rounds);
      }
    }
  }

  private static void upload(NarthexHost host, SmallPath path)
      throws IOException, InterruptedException {
    try (S3Client client = host.client()) {
      host.put(client, path.narKey(), path.file());
      host.put(client, path.narInfoKey(), path.narInfo());
    }
    host.awaitVerified(1);
    host.awaitIdle();
  }

  private static List<Figure> compare(
      NarthexHost host, Nginx nginx, KeepAliveReaders readers, SmallPath path, int rounds)
      throws IOException, InterruptedException {
    var front = new Server(host.pid(), host.url("/" + path.narInfoKey()), path);
    var files = new Server(nginx.pid(), nginx.url("/" + path.narInfoKey()), path);
    var cpu = new Rounds();
    var wall = new Rounds();
    Bench.progress("warming up");
    front.measure(readers);
    files.measure(readers);
    for (int i = 1; i <= rounds; i++) {
      Bench.progress("round %d of %d".formatted(i, rounds));
      Cost ours = front.measure(readers);
      Cost theirs = files.measure(readers);
      cpu.add(ours.cpu(), theirs.cpu());
      wall.add(ours.wall(), theirs.wall());
    }
    return List.of(
        cpu.figure("narinfo-http, cpu a request", "µs", "nginx"),
        wall.figure("narinfo-http, wall a request", "µs", "nginx"));
  }

  /** One side. */
  private record Server(long pid, URI uri, SmallPath path) {
    /** Microseconds a request; elapsed time is of all readers together. */
    Cost measure(KeepAliveReaders readers) throws IOException, InterruptedException {
      double cpu = ProcessorTime.of(pid);
      long start = System.nanoTime();
      readers.get(uri, REQUESTS, new String(path.narInfo(), UTF_8));
      double wall = (System.nanoTime() - start) / NANOS_PER_MICRO;
      return new Cost(wall / REQUESTS, (ProcessorTime.of(pid) - cpu) * MICROS / REQUESTS);
    }
  }
}

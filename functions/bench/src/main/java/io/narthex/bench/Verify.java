package io.narthex.bench;

import com.sun.management.OperatingSystemMXBean;
import io.narthex.nix.codec.Compression;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verification of a large archive against decoding and hashing it with the usual programs. Cold is
 * one JVM process a pass, with its start; warm is the second and later passes in one process.
 */
final class Verify implements Benchmark {
  private static final double NANOS = 1e9;

  private final Corpus corpus;

  Verify(Path directory, int megabytes) {
    this.corpus = new Corpus(directory, megabytes);
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    var figures = new ArrayList<Figure>();
    for (Compression compression : List.of(Compression.XZ, Compression.ZSTD, Compression.NONE)) {
      figures.addAll(figures(compression, rounds));
    }
    return figures;
  }

  private List<Figure> figures(Compression compression, int rounds)
      throws IOException, InterruptedException {
    Path file = corpus.compressed(compression);
    long narSize = Files.size(corpus.nar());
    Map<String, Series> series = new LinkedHashMap<>();
    for (String digest : digests()) {
      if (compression == Compression.NONE) {
        series.put(digest + " " + Shell.quoted(file), new Series(digest));
      } else {
        String reference = compression.label() + " -dc | " + digest;
        series.put(
            compression.label() + " -dc " + Shell.quoted(file) + " | " + digest,
            new Series(reference));
      }
    }
    VerifyOnce.verify(compression, narSize, file);
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("%s, round %d of %d".formatted(compression.label(), round, rounds));
      Cost cold = Shell.time(coldPass(compression, narSize, file));
      Cost warm = warmPass(compression, narSize, file);
      for (var entry : series.entrySet()) {
        entry.getValue().add(cold, warm, Shell.time(entry.getKey()));
      }
    }
    return series.values().stream().flatMap(s -> s.figures(compression.label()).stream()).toList();
  }

  private static List<String> digests() throws IOException, InterruptedException {
    return Shell.has("openssl")
        ? List.of("sha256sum", "openssl dgst -sha256")
        : List.of("sha256sum");
  }

  private static String coldPass(Compression compression, long narSize, Path file) {
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    return "%s -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp '%s' %s %s %d %s"
        .formatted(
            Shell.quoted(java),
            System.getProperty("java.class.path", ""),
            VerifyOnce.class.getName(),
            compression.label(),
            narSize,
            Shell.quoted(file));
  }

  private static Cost warmPass(Compression compression, long narSize, Path file)
      throws IOException {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    VerifyOnce.verify(compression, narSize, file);
    return new Cost(
        (System.nanoTime() - start) / NANOS, (process.getProcessCpuTime() - cpu) / NANOS);
  }

  /** The rounds against one reference. */
  private static final class Series {
    private final String reference;
    private final Rounds coldWall = new Rounds();
    private final Rounds coldCpu = new Rounds();
    private final Rounds warmWall = new Rounds();
    private final Rounds warmCpu = new Rounds();

    Series(String reference) {
      this.reference = reference;
    }

    void add(Cost cold, Cost warm, Cost programs) {
      coldWall.add(cold.wall(), programs.wall());
      coldCpu.add(cold.cpu(), programs.cpu());
      warmWall.add(warm.wall(), programs.wall());
      warmCpu.add(warm.cpu(), programs.cpu());
    }

    List<Figure> figures(String label) {
      String by = reference.contains("openssl") ? " (openssl)" : "";
      return List.of(
          coldWall.figure("verify " + label + " cold, wall" + by, "s", reference),
          coldCpu.figure("verify " + label + " cold, cpu" + by, "s", reference),
          warmWall.figure("verify " + label + " warm, wall" + by, "s", reference),
          warmCpu.figure("verify " + label + " warm, cpu" + by, "s", reference));
    }
  }
}

package io.narthex.bench;

import io.narthex.cache.settings.Settings;
import io.narthex.nix.codec.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest archive of each compression that the verifying function can read in its time, on one
 * processor: by the rate at which it decodes, hashes and scans, and by that of its network.
 */
final class Limits implements Benchmark {
  private static final List<Compression> ALL =
      List.of(
          Compression.XZ,
          Compression.ZSTD,
          Compression.NONE,
          Compression.GZIP,
          Compression.BZIP2,
          Compression.BR,
          Compression.LZ4);

  /** Of the 900 of an invocation; the rest is for what comes before and after. */
  private static final double SECONDS = 840;

  /**
   * Bytes a second that a function gets from S3: the least of what is reported, 400 to 700 Mbit/s.
   */
  private static final double NETWORK = 50e6;

  private static final double GIGABYTE = 1e9;

  private final Corpus corpus;

  Limits(Corpus corpus) {
    this.corpus = corpus;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    var figures = new ArrayList<Figure>();
    for (Compression compression : ALL) {
      for (Decoder decoder : Decoder.of(compression)) {
        figures.addAll(figures(compression, decoder, rounds));
      }
    }
    return figures;
  }

  private List<Figure> figures(Compression compression, Decoder decoder, int rounds)
      throws IOException, InterruptedException {
    Path file = corpus.compressed(compression);
    double narSize = Files.size(corpus.nar());
    double fileSize = Files.size(file);
    String passes =
        "taskset -c 0 " + VerifyPasses.command(decoder, compression, (long) narSize, file) + " 2";
    var rate = new Rounds();
    var largest = new Rounds();
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("%s, round %d of %d".formatted(decoder.name(), round, rounds));
      double decoded = narSize / VerifyPasses.last(Shell.output("bash", "-c", passes)).wall();
      double fetched = NETWORK * narSize / fileSize;
      rate.add(decoded / 1e6, fetched / 1e6);
      largest.add(
          Math.min(decoded, fetched) * SECONDS / GIGABYTE,
          Settings.DEFAULT_MAX_NAR_SIZE / GIGABYTE);
    }
    return List.of(
        rate.figure(decoder.name() + ", decoded", "MB/s", "its network at 400 Mbit/s"),
        largest.figure(decoder.name() + ", largest NAR", "GB", "maxNarSize"));
  }
}

package io.narthex.bench;

import io.narthex.nix.codec.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verification of a large archive against decoding and hashing it with the usual programs. Cold is
 * the first pass of a JVM, with its start; warm is the third pass of one.
 */
final class Verify implements Benchmark {
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
    List<String> digests = digests();
    Map<Decoder, List<Series>> all = new LinkedHashMap<>();
    for (Decoder decoder : Decoder.of(compression)) {
      all.put(
          decoder,
          digests.stream()
              .map(digest -> new Series(decoder, program(compression), digest))
              .toList());
    }
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("%s, round %d of %d".formatted(compression.label(), round, rounds));
      List<Cost> programs = new ArrayList<>();
      for (String digest : digests) {
        programs.add(Shell.time(programs(compression, file, digest)));
      }
      for (var one : all.entrySet()) {
        String passes = VerifyPasses.command(one.getKey(), compression, narSize, file);
        Cost cold = Shell.time(passes + " 1");
        Cost warm = VerifyPasses.last(Shell.output("bash", "-c", passes + " 3"));
        for (int i = 0; i < programs.size(); i++) {
          one.getValue().get(i).add(cold, warm, programs.get(i));
        }
      }
    }
    return all.values().stream().flatMap(List::stream).flatMap(s -> s.figures().stream()).toList();
  }

  /** What decodes in the programs' place; nothing for what is not compressed. */
  private static String program(Compression compression) {
    return compression == Compression.NONE ? "" : compression.label() + " -dc | ";
  }

  private static String programs(Compression compression, Path file, String digest) {
    return compression == Compression.NONE
        ? digest + " " + Shell.quoted(file)
        : "%s -dc %s | %s".formatted(compression.label(), Shell.quoted(file), digest);
  }

  private static List<String> digests() throws IOException, InterruptedException {
    return Shell.has("openssl")
        ? List.of("sha256sum", "openssl dgst -sha256")
        : List.of("sha256sum");
  }

  /** The rounds of a decoder against one reference. */
  private static final class Series {
    private final Decoder decoder;
    private final String program;
    private final String digest;
    private final Rounds coldWall = new Rounds();
    private final Rounds coldCpu = new Rounds();
    private final Rounds warmWall = new Rounds();
    private final Rounds warmCpu = new Rounds();

    Series(Decoder decoder, String program, String digest) {
      this.decoder = decoder;
      this.program = program;
      this.digest = digest;
    }

    void add(Cost cold, Cost warm, Cost programs) {
      coldWall.add(cold.wall(), programs.wall());
      coldCpu.add(cold.cpu(), programs.cpu());
      warmWall.add(warm.wall(), programs.wall());
      warmCpu.add(warm.cpu(), programs.cpu());
    }

    List<Figure> figures() {
      String reference = program + digest;
      return List.of(
          coldWall.figure("%s cold, wall".formatted(decoder.name()), "s", reference),
          coldCpu.figure("%s cold, cpu".formatted(decoder.name()), "s", reference),
          warmWall.figure("%s warm, wall".formatted(decoder.name()), "s", reference),
          warmCpu.figure("%s warm, cpu".formatted(decoder.name()), "s", reference));
    }
  }
}

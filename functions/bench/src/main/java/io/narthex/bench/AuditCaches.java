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
 * A whole cache of Debian packages, made by Debian's Nix, audited by the command as a process of
 * its own, against two others on all processors: {@code nix store verify}, and decoding and hashing
 * every NAR with the usual programs. Each checks less: Nix does not look at file hashes, sizes,
 * references or what follows an archive; the programs compare nothing.
 */
final class AuditCaches implements Benchmark {
  /** As ./narthex has them. */
  private static final String COMPILERS =
      "-XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=2000"
          + " -XX:Tier4CompileThreshold=45000 -XX:Tier4BackEdgeThreshold=120000 -XX:InlineSmallCode=500";

  /** Of classes; functions/bench/run deletes it when it builds. */
  private static final String ARCHIVE = "functions/bench/target/narthex-bench.jsa";

  private final Path caches;
  private final Path script;
  private final int megabytes;

  AuditCaches(Path project, int megabytes) {
    this.caches = project.resolve("functions/bench/target/audit-caches-" + megabytes);
    this.script = project.resolve("acceptance/audit/caches.sh");
    this.megabytes = megabytes;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    make();
    var figures = new ArrayList<Figure>();
    for (Compression compression : List.of(Compression.XZ, Compression.ZSTD, Compression.NONE)) {
      figures.addAll(figures(compression, rounds));
    }
    return figures;
  }

  private List<Figure> figures(Compression compression, int rounds)
      throws IOException, InterruptedException {
    Path cache = caches.resolve(compression.label());
    String key = Files.readString(caches.resolve("key.pub")).strip();
    String nix =
        "%s store verify --all --store file://%s --trusted-public-keys '%s' 2> /dev/null"
            .formatted(Shell.quoted(caches.resolve("nix")), cache, key);
    String pipes = pipes(cache, pipe(compression));
    Map<Decoder, Pair> pairs = new LinkedHashMap<>();
    Decoder.of(compression).forEach(decoder -> pairs.put(decoder, new Pair(decoder.name())));
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("%s, round %d of %d".formatted(compression.label(), round, rounds));
      Cost byNix = Shell.time(nix);
      Cost byPipes = Shell.time(pipes);
      for (var pair : pairs.entrySet()) {
        pair.getValue().add(Shell.time(audit(pair.getKey(), "", cache, key)), byNix, byPipes);
      }
    }
    return pairs.values().stream()
        .flatMap(pair -> pair.figures(pipe(compression)).stream())
        .toList();
  }

  /** The command as {@code ./narthex} runs it, with options of its own. */
  static String audit(Decoder decoder, String options, Path cache, String key) {
    return "%s io.narthex.local.cli.Narthex audit %s file://%s --trusted-public-key '%s' 2> /dev/null"
        .formatted(java(decoder), options, cache, key);
  }

  /** A JVM as {@code ./narthex} starts it, but for the name of the class to run. */
  static String java(Decoder decoder) {
    return "%s -XX:+UseSerialGC -Xmx1g %s -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=%s -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %s -cp '%s'"
        .formatted(
            Shell.quoted(Path.of(System.getProperty("java.home", ""), "bin", "java")),
            COMPILERS,
            Shell.quoted(Path.of(System.getProperty("narthex.project", "."), ARCHIVE)),
            decoder.option(),
            System.getProperty("java.class.path", ""));
  }

  static String pipes(Path cache, String pipe) {
    return "find %s -type f | xargs -P$(nproc) -I{} sh -c '%s'"
        .formatted(Shell.quoted(cache.resolve("nar")), pipe);
  }

  static String pipe(Compression compression) {
    return switch (compression) {
      case XZ -> "xz -dc {} | sha256sum";
      case ZSTD -> "zstd -dc {} | openssl dgst -sha256";
      default -> "openssl dgst -sha256 {}";
    };
  }

  private void make() throws IOException, InterruptedException {
    if (!Files.exists(caches.resolve("made"))) {
      Bench.progress("making caches of " + megabytes + " MB (once, as root)");
      Shell.output(script.toString(), caches.toString(), Integer.toString(megabytes));
    }
  }

  /** The rounds of one compression against both references. */
  private static final class Pair {
    private final String label;
    private final Rounds wallNix = new Rounds();
    private final Rounds cpuNix = new Rounds();
    private final Rounds wallPipes = new Rounds();
    private final Rounds cpuPipes = new Rounds();

    Pair(String label) {
      this.label = label;
    }

    void add(Cost ours, Cost nix, Cost pipes) {
      wallNix.add(ours.wall(), nix.wall());
      cpuNix.add(ours.cpu(), nix.cpu());
      wallPipes.add(ours.wall(), pipes.wall());
      cpuPipes.add(ours.cpu(), pipes.cpu());
    }

    List<Figure> figures(String pipe) {
      return List.of(
          wallNix.figure("audit " + label + ", wall (nix)", "s", "nix store verify --all"),
          cpuNix.figure("audit " + label + ", cpu (nix)", "s", "nix store verify --all"),
          wallPipes.figure("audit " + label + ", wall", "s", pipe),
          cpuPipes.figure("audit " + label + ", cpu", "s", pipe));
    }
  }
}

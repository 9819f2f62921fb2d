package io.narthex.bench;

import static java.lang.Double.parseDouble;

import com.sun.management.OperatingSystemMXBean;
import io.narthex.bench.index.SignedCache;
import io.narthex.bench.index.SignedFingerprints;
import io.narthex.local.audit.signature.BulkEd25519;
import io.narthex.nix.codec.Compression;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The signatures of 100,000 narinfos, against a program in C that calls OpenSSL's {@code
 * EVP_DigestVerify} and does nothing else, on as many threads over the same bytes. Cold is a
 * process each, from its start to its end, with the reading of the file. Then the whole command
 * with {@code --quick}, which also reads the narinfos from as many files, looks at their NARs and
 * closes closures.
 */
final class QuickAudit implements Benchmark {
  private static final double NANOS = 1e9;
  private static final String REFERENCE = "EVP_DigestVerify in C";

  private final Path directory;
  private final Path source;
  private final int entries;

  QuickAudit(Path project, int entries) {
    this.directory = project.resolve("functions/bench/target/quick-audit");
    this.source = project.resolve("functions/bench/src/main/c/verify-signatures.c");
    this.entries = entries;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    Path file = signed();
    String program =
        "%s %s %d"
            .formatted(
                Shell.quoted(compiled()),
                Shell.quoted(file),
                Runtime.getRuntime().availableProcessors());
    var signatures = new VerifySignatures(file);
    var verifier = new BulkEd25519();
    var warmWall = new Rounds();
    var coldWall = new Rounds();
    var coldCpu = new Rounds();
    var whole = new Rounds();
    String audit = audit();
    var warmCpu = new Rounds();
    signatures.verify(verifier);
    for (int round = 1; round <= rounds; round++) {
      Bench.progress("round %d of %d".formatted(round, rounds));
      Cost warm = warm(signatures, verifier);
      double reference = inside(program);
      Cost cold = Shell.time(coldPass(file));
      Cost process = Shell.time(program);
      Cost command = Shell.time(audit);
      warmWall.add(signatures.count() / warm.wall(), signatures.count() / reference);
      warmCpu.add(signatures.count() / warm.cpu(), signatures.count() / process.cpu());
      coldWall.add(cold.wall(), process.wall());
      coldCpu.add(cold.cpu(), process.cpu());
      whole.add(signatures.count() / command.wall(), signatures.count() / process.wall());
    }
    return List.of(
        warmWall.figure("signatures warm, rate", "1/s", REFERENCE),
        warmCpu.figure("signatures warm, rate by cpu", "1/s", REFERENCE),
        coldWall.figure("signatures cold, wall", "s", REFERENCE),
        coldCpu.figure("signatures cold, cpu", "s", REFERENCE),
        whole.figure("audit --quick, rate", "1/s", REFERENCE));
  }

  private static Cost warm(VerifySignatures signatures, BulkEd25519 verifier)
      throws InterruptedException {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    signatures.verify(verifier);
    return new Cost(
        (System.nanoTime() - start) / NANOS, (process.getProcessCpuTime() - cpu) / NANOS);
  }

  /** The seconds that the program in C counts: only the verification. */
  private static double inside(String program) throws IOException, InterruptedException {
    String[] said = Shell.output("bash", "-c", program).strip().split(" ", -1);
    if (!said[0].equals("0")) {
      throw new IOException(said[0] + " signatures do not verify for OpenSSL");
    }
    return parseDouble(said[1]);
  }

  private static String coldPass(Path file) {
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    return "%s -XX:+UseSerialGC -Xmx512m -cp '%s' %s %s"
        .formatted(
            Shell.quoted(java),
            System.getProperty("java.class.path", ""),
            VerifySignatures.class.getName(),
            Shell.quoted(file));
  }

  private Path signed() throws IOException {
    Path file = directory.resolve("signed-" + entries);
    if (!Files.exists(file)) {
      Bench.progress("signing %d fingerprints (once)".formatted(entries));
      Files.createDirectories(directory);
      SignedFingerprints.write(file, entries);
    }
    return file;
  }

  private String audit() throws IOException {
    Path cache = directory.resolve("cache-" + entries);
    Path key = directory.resolve("cache-" + entries + ".key");
    if (!Files.exists(key)) {
      Bench.progress("writing a cache of %d narinfos (once)".formatted(entries));
      Files.writeString(key, SignedCache.write(cache, entries));
    }
    return AuditCaches.audit(
        Decoder.inUse(Compression.XZ), "--quick", cache, Files.readString(key));
  }

  private Path compiled() throws IOException, InterruptedException {
    if (!Shell.has("gcc")) {
      throw new IOException("gcc and OpenSSL's headers are needed: apt-get install gcc libssl-dev");
    }
    Path program = directory.resolve("verify-signatures");
    Shell.output(
        "gcc", "-O2", "-o", program.toString(), source.toString(), "-lcrypto", "-lpthread");
    return program;
  }
}

package io.narthex.bench.index;

import io.narthex.cache.audit.Audit;
import io.narthex.cache.audit.AuditOptions;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditReport;
import io.narthex.cache.audit.AuditRun;
import io.narthex.cache.audit.AuditState;
import io.narthex.cache.audit.AuditTally;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.Patience;
import io.narthex.cache.audit.Spool;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.TrustMode;
import io.narthex.local.audit.FileScratch;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.nix.signature.SignatureVerifier;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Quick audits of a synthetic cache of any size: one that trusts no key, so that every path has a
 * finding, and one for which every path is good, so that all closures are closed. Prints how long
 * they take and what they keep.
 */
public final class AuditAtScale {
  private AuditAtScale() {}

  /** Prints the figures of a cache of that many paths. */
  public static void run(long entries) throws IOException {
    Settings nobody = Settings.trusting(List.of());
    var own = SecretKey.generate(new KeyName("bench-1")).publicKey();
    run("every path has a finding", entries, nobody);
    run("every path is good", entries, nobody.signingWith(own).with(TrustMode.UPLOADERS));
  }

  private static void run(String what, long entries, Settings settings) throws IOException {
    System.out.println(what);
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    AuditTally tally = new AuditTally();
    Instant at = Instant.now();
    try (FileScratch scratch =
            FileScratch.in(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        Spool remarkable = scratch.spool("report");
        OutputStream nowhere = OutputStream.nullOutputStream()) {
      AuditReport report = new AuditReport(tally, remarkable);
      Audit audit = audit(new SyntheticPaths(entries), settings, scratch);
      PathSet paths = audit.all();
      said("listed and sorted", start);
      audit.run(
          paths,
          judged -> {
            tally.add(judged.path());
            report.accept(judged.path());
          });
      said("audited", start);
      report.write(new AuditRun("synthetic", true, "all", at, at, true, "none", settings), nowhere);
      said("reported", start);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d paths, of which %,d have nothing against them; peak heap %d MB; resident %s%n",
        tally.paths(),
        tally.unread(),
        peakHeap() >> 20,
        resident());
  }

  private static Audit audit(SyntheticPaths paths, Settings settings, FileScratch scratch) {
    return new Audit(
        new SyntheticNarInfos(paths),
        new AuditOptions(
            settings,
            true,
            false,
            false,
            Runtime.getRuntime().availableProcessors(),
            1 << 28,
            new Patience(1, Duration.ofMillis(1), pause -> {}),
            SignatureVerifier.jdk()),
        scratch,
        AuditState.NONE,
        path -> false,
        new AuditProgress(),
        new StopSignal());
  }

  private static void said(String what, long start) {
    System.out.printf(Locale.ROOT, "%-20s %8.1f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  /** What the system says, the mapped files included. */
  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("RssAnon"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }
}

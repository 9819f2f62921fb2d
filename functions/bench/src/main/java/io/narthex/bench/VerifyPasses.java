package io.narthex.bench;

import com.sun.management.OperatingSystemMXBean;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.path.StoreDir;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Passes over one file, in a process of its own. */
final class VerifyPasses {
  private static final double NANOS = 1e9;

  private VerifyPasses() {}

  /**
   * Arguments: the compression's label, the archive's size in bytes, the file, how many passes.
   * Prints the elapsed seconds of the last pass, and its seconds of processor time.
   */
  public static void main(String[] args) throws IOException {
    Compression compression = Compression.labelled(args[0]).orElseThrow();
    long narSize = Long.parseLong(args[1]);
    Path file = Path.of(args[2]);
    Cost last = timed(compression, narSize, file);
    for (int pass = 1; pass < Integer.parseInt(args[3]); pass++) {
      last = timed(compression, narSize, file);
    }
    System.out.println(last.wall() + " " + last.cpu());
  }

  /** The command that runs it, but for how many passes. */
  static String command(Decoder decoder, Compression compression, long narSize, Path file) {
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    return "%s -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %s -cp '%s' %s %s %d %s"
        .formatted(
            Shell.quoted(java),
            decoder.option(),
            System.getProperty("java.class.path", ""),
            VerifyPasses.class.getName(),
            compression.label(),
            narSize,
            Shell.quoted(file));
  }

  /** What the last pass took, by what it has printed. */
  static Cost last(String said) {
    String[] seconds = said.strip().split(" ", -1);
    return new Cost(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
  }

  private static Cost timed(Compression compression, long narSize, Path file) throws IOException {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    verify(compression, narSize, file);
    return new Cost(
        (System.nanoTime() - start) / NANOS, (process.getProcessCpuTime() - cpu) / NANOS);
  }

  private static void verify(Compression compression, long narSize, Path file) throws IOException {
    try (InputStream source = Files.newInputStream(file)) {
      NarInspection found = new NarPass(StoreDir.DEFAULT).inspect(compression, narSize, source);
      if (!(found.archive() instanceof ArchiveOutcome.WellFormed archive)
          || archive.nar().size() != narSize) {
        throw new IllegalStateException(file + ": " + found.archive());
      }
    }
  }
}

package io.narthex.bench;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.NarInspection;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.path.StoreDir;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One pass over one file, as a process of its own: what a cold function does. */
final class VerifyOnce {
  private VerifyOnce() {}

  /** Arguments: the compression's label, the archive's size in bytes, the file. */
  public static void main(String[] args) throws IOException {
    verify(Compression.labelled(args[0]).orElseThrow(), Long.parseLong(args[1]), Path.of(args[2]));
  }

  /** Verifies; the file must hold one archive of this size. */
  static void verify(Compression compression, long narSize, Path file) throws IOException {
    try (InputStream source = Files.newInputStream(file)) {
      NarInspection found = new NarPass(StoreDir.DEFAULT).inspect(compression, narSize, source);
      if (!(found.archive() instanceof ArchiveOutcome.WellFormed archive)
          || archive.nar().size() != narSize) {
        throw new IllegalStateException(file + ": " + found.archive());
      }
    }
  }
}

package io.narthex.fuzz;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Encoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.nar.ArchiveOutcome.WellFormed;
import io.narthex.nix.nar.DebugInfoLinks;
import io.narthex.nix.nar.MalformedListingException;
import io.narthex.nix.nar.NarListing;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.nar.NarPassLimits;
import io.narthex.nix.path.StoreDir;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Archives: grammar, listing, store paths, as they are on one thread and compressed on two. */
public final class NarFuzz {
  private static final NarPass ONE =
      new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, Long.MAX_VALUE);
  private static final NarPass TWO = new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, 0);

  private NarFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input)
      throws IOException, UnsupportedCompressionException {
    var found = inspect(ONE, Compression.NONE, input, input.length);
    var again = inspect(TWO, Compression.GZIP, compressed(input), input.length);
    if (!found.equals(again)) {
      throw new IllegalStateException("one thread finds %s, two %s".formatted(found, again));
    }
    if (found instanceof WellFormed archive) {
      archive.listing().ifPresent(NarFuzz::list);
    }
  }

  private static ArchiveOutcome inspect(
      NarPass pass, Compression compression, byte[] file, long narSize) throws IOException {
    return pass.inspect(compression, narSize, new ByteArrayInputStream(file)).archive();
  }

  private static byte[] compressed(byte[] input)
      throws IOException, UnsupportedCompressionException {
    var file = new ByteArrayOutputStream();
    try (OutputStream gzip = Encoders.open(Compression.GZIP, file, 1)) {
      gzip.write(input);
    }
    return file.toByteArray();
  }

  private static void list(NarListing listing) {
    DebugInfoLinks.of(listing, "nar/a.nar");
    Optional<byte[]> json = listing.toJson();
    try {
      if (json.isPresent() && !NarListing.parse(json.get()).sameTreeAs(listing)) {
        throw new IllegalStateException("a listing that is written and read is another");
      }
    } catch (MalformedListingException e) {
      throw new IllegalStateException("a listing that we write is not read", e);
    }
  }
}

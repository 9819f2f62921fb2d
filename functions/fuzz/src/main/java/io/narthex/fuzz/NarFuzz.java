package io.narthex.fuzz;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.nar.ArchiveOutcome.WellFormed;
import io.narthex.nix.nar.DebugInfoLinks;
import io.narthex.nix.nar.MalformedListingException;
import io.narthex.nix.nar.NarListing;
import io.narthex.nix.nar.NarPass;
import io.narthex.nix.nar.NarPassLimits;
import io.narthex.nix.path.StoreDir;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Archives: grammar, listing, store paths, on one thread and on two. */
public final class NarFuzz {
  private static final NarPass ONE =
      new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, Long.MAX_VALUE);
  private static final NarPass TWO = new NarPass(StoreDir.DEFAULT, NarPassLimits.DEFAULT, 0);

  private NarFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    var found = ONE.inspect(Compression.NONE, input.length, new ByteArrayInputStream(input));
    var again = TWO.inspect(Compression.NONE, input.length, new ByteArrayInputStream(input));
    if (!found.equals(again)) {
      throw new IllegalStateException("one thread finds %s, two %s".formatted(found, again));
    }
    if (found.archive() instanceof WellFormed archive) {
      archive.listing().ifPresent(NarFuzz::list);
    }
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

package io.narthex.fuzz;

import io.narthex.nix.nar.DebugInfoLink;
import io.narthex.nix.nar.DebugInfoLinks;
import io.narthex.nix.nar.MalformedDebugInfoLinkException;
import io.narthex.nix.nar.MalformedListingException;
import io.narthex.nix.nar.NarListing;
import java.util.Optional;

/** Listings, and links to debug information. */
public final class ListingFuzz {
  private ListingFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    Reader.check(input, MalformedListingException.class, ListingFuzz::listing);
    Reader.check(input, MalformedDebugInfoLinkException.class, ListingFuzz::link);
  }

  private static void listing(byte[] input) throws MalformedListingException {
    NarListing listing = NarListing.parse(input);
    DebugInfoLinks.of(listing, "nar/a.nar");
    Optional<byte[]> json = listing.toJson();
    if (json.isPresent() && !NarListing.parse(json.get()).sameTreeAs(listing)) {
      throw new IllegalStateException("a listing that is written and read is another");
    }
  }

  private static void link(byte[] input) throws MalformedDebugInfoLinkException {
    DebugInfoLink link = DebugInfoLink.parse(input);
    if (!DebugInfoLink.parse(link.toJson()).equals(link)) {
      throw new IllegalStateException("a link that is written and read is another");
    }
  }
}

package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.codec.DecoderLimits;

/**
 * What one pass may keep in memory.
 *
 * @param maxEntries of the listing
 * @param maxListingText bytes of names and link targets in the listing
 * @param maxStorePaths different hashes in the archive's texts
 */
public record NarPassLimits(
    DecoderLimits decoder, int maxEntries, long maxListingText, int maxStorePaths) {
  /** Enough for everything in nixpkgs. */
  public static final NarPassLimits DEFAULT =
      new NarPassLimits(
          DecoderLimits.DEFAULT.withXzThreads(Runtime.getRuntime().availableProcessors()),
          NarListingBuilder.MAX_ENTRIES,
          NarListingBuilder.MAX_TEXT,
          100_000);

  public NarPassLimits {
    requireNonNull(decoder, "decoder is null");
    if (maxEntries < 0 || maxListingText < 0 || maxStorePaths < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }
}

package io.narthex.nix.nar;

import io.narthex.nix.path.StoreDir;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is done with the decoded bytes of one archive. */
final class NarExamination implements ByteSink {
  private final Optional<DigestingSink> digest;
  private final NarListingBuilder listing;
  private final ParsingSink parsing;
  private final StorePathScanner scanner;
  private final ByteSink[] sinks;

  /**
   * @param digested whether the decoded bytes need a digest of their own
   */
  NarExamination(
      StoreDir storeDir, NarPassLimits limits, NarListeners listeners, boolean digested) {
    digest = digested ? Optional.of(new DigestingSink()) : Optional.empty();
    listing = new NarListingBuilder(limits.maxEntries(), limits.maxListingText());
    scanner = new StorePathScanner(storeDir, limits.maxStorePaths());
    List<NarHandler> handlers = new ArrayList<>(List.of(listing));
    handlers.addAll(listeners.handlers());
    parsing = new ParsingSink(NarHandler.broadcast(handlers));
    List<ByteSink> all = new ArrayList<>(List.of(parsing, scanner));
    digest.ifPresent(all::add);
    all.addAll(listeners.sinks());
    sinks = all.toArray(ByteSink[]::new);
  }

  @Override
  public void feed(byte[] buffer, int offset, int length) {
    for (ByteSink sink : sinks) {
      sink.feed(buffer, offset, length);
    }
  }

  /**
   * What it was, after all of it was fed.
   *
   * @param file the digest of what was decoded, which is the archive's where nothing was
   */
  ArchiveOutcome finish(StreamDigest file) {
    StreamDigest nar = digest.map(DigestingSink::finish).orElse(file);
    return parsing
        .finish()
        .<ArchiveOutcome>map(e -> new ArchiveOutcome.Malformed(nar, e.offset(), e.reason()))
        .orElseGet(() -> new ArchiveOutcome.WellFormed(nar, listing.listing(), scanner.finish()));
  }
}

package io.narthex.cache.nar;

import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.nar.ArchiveOutcome;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which store paths a whole archive mentions, as far as they are kept. */
final class StorePathFacts {
  /** A hash, a dash, one character and a space. */
  private static final int SHORTEST_REFERENCE = StorePathHash.LENGTH + 3;

  /** More than a narinfo can declare: an archive with others has some that are not declared. */
  private static final int MAX = 2 + NarInfoReader.MAX_SIZE / SHORTEST_REFERENCE;

  private StorePathFacts() {}

  static ArchiveFacts.WellFormed wellFormed(
      ArchiveOutcome.WellFormed whole, ContentHashes contentHashes, ArchiveFacts.Derived derived) {
    SortedSet<StorePath> storePaths = storePaths(whole.storePaths().names());
    Hash narHash = whole.nar().sha256();
    return new ArchiveFacts.WellFormed(
        narHash,
        whole.nar().size(),
        derived.listing(),
        storePaths,
        whole.storePaths().complete() && storePaths.size() == whole.storePaths().names().size(),
        contentHashes.result(narHash),
        derived.debugInfo());
  }

  private static SortedSet<StorePath> storePaths(Map<StorePathHash, String> names) {
    var paths = new TreeSet<StorePath>();
    names.forEach(
        (hash, name) -> {
          if (paths.size() < MAX) {
            paths.add(new StorePath(hash, name(name)));
          }
        });
    return paths;
  }

  /** The text behind a hash is not always a name. */
  private static StorePathName name(String text) {
    try {
      return new StorePathName(text);
    } catch (IllegalArgumentException e) {
      return new StorePathName("unnamed");
    }
  }
}

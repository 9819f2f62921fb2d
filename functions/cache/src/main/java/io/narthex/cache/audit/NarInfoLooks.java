package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** Reads the narinfos of a cache. */
final class NarInfoLooks {
  private final AuditedCache cache;
  private final Patience patience;

  NarInfoLooks(AuditedCache cache, Patience patience) {
    this.cache = requireNonNull(cache, "cache is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** What lies under the key of a narinfo. */
  sealed interface Look {
    /** Nothing. */
    record Absent() implements Look {}

    /** Something that is no narinfo. */
    record Malformed(Identity identity, Finding finding) implements Look {
      public Malformed {
        requireNonNull(identity, "identity is null");
        requireNonNull(finding, "finding is null");
      }
    }

    /** A narinfo. */
    record Found(ReadNarInfo read) implements Look {
      public Found {
        requireNonNull(read, "read is null");
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be read, often enough
   */
  Look look(long number, StorePathHash hash) {
    return patience.ask(() -> believable(number, hash));
  }

  /** From far away that there is none is believed of two answers with no failure between. */
  private Look believable(long number, StorePathHash hash) {
    Look look = lookOnce(number, hash);
    return look instanceof Look.Absent && cache.isRemote() ? lookOnce(number, hash) : look;
  }

  private Look lookOnce(long number, StorePathHash hash) {
    Optional<ObjectContent> content = cache.open(new NarInfoPath(hash).key());
    if (content.isEmpty()) {
      return new Look.Absent();
    }
    Identity identity = Identity.of(content.get().object());
    return switch (NarInfoReader.read(content.get())) {
      case NarInfoText.Gone gone -> new Look.Absent();
      case NarInfoText.Unreadable(var finding, var text) -> new Look.Malformed(identity, finding);
      case NarInfoText.Parsed parsed ->
          new Look.Found(new ReadNarInfo(number, identity, parsed.narInfo(), parsed.text()));
    };
  }
}

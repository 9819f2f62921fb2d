package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a store path is admitted here, by its full name: another name under the same hash is
 * another path, which a client would not find.
 */
final class AdmittedPaths {
  private static final int REMEMBERED = 10_000;

  private final VersionedStore cache;
  private final NarInfoReader narInfos;

  /** The bytes of a version never change, so neither does the path in it. */
  private final Map<Seen, StorePath> byVersion =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, StorePath> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Version ids are unique for a key only. */
  private record Seen(NarInfoPath path, VersionId version) {}

  AdmittedPaths(VersionedStore cache, NarInfoReader narInfos) {
    this.cache = requireNonNull(cache, "cache is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
  }

  boolean contains(StorePath path) {
    NarInfoPath narInfoPath = new NarInfoPath(path.hash());
    Optional<TaggedVersion> current = cache.tags(narInfoPath.key());
    return current.isPresent()
        && VerdictTag.isVerified(current.get().tags())
        && storePath(narInfoPath, current.get().version()).equals(Optional.of(path));
  }

  private Optional<StorePath> storePath(NarInfoPath path, VersionId version) {
    Seen seen = new Seen(path, version);
    synchronized (byVersion) {
      if (byVersion.containsKey(seen)) {
        return Optional.of(byVersion.get(seen));
      }
    }
    return switch (narInfos.read(path, version)) {
      case NarInfoText.Parsed parsed -> {
        synchronized (byVersion) {
          byVersion.put(seen, parsed.narInfo().storePath());
        }
        yield Optional.of(parsed.narInfo().storePath());
      }
      case NarInfoText.Unreadable unreadable -> Optional.empty();
      case NarInfoText.Gone gone -> Optional.empty();
    };
  }
}

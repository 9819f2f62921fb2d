package io.narthex.cache.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** What the buckets know of a store path: its report, and the tag of its narinfo. */
public final class KnownPaths {
  private final ReadableState state;
  private final VersionedStore cache;

  public KnownPaths(ReadableState state, VersionedStore cache) {
    this.state = requireNonNull(state, "state is null");
    this.cache = requireNonNull(cache, "cache is null");
  }

  /** The state bucket, to somebody who may perhaps not see all of it. */
  @FunctionalInterface
  public interface ReadableState {
    /** An object; empty if there is none, or none that the caller may read. */
    Optional<ObjectContent> open(ObjectKey key);
  }

  /** The report on a path as it is stored; empty if there is none that the caller may read. */
  public Optional<String> report(StorePathHash hash) {
    return state.open(StateKeys.report(hash)).map(KnownPaths::text);
  }

  private static String text(ObjectContent content) {
    try (content) {
      return new String(content.readAll(), UTF_8);
    }
  }

  /** Whether its narinfo is tagged as verified: the last thing that becomes readable of a path. */
  public boolean isServed(StorePathHash hash) {
    return narInfo(hash).map(TaggedVersion::tags).filter(VerdictTag::isVerified).isPresent();
  }

  /** What the present narinfo itself says, for people. */
  public String narInfoSays(StorePathHash hash) {
    return narInfo(hash)
        .map(
            narInfo ->
                VerdictTag.of(narInfo.tags())
                    .map(tag -> "its narinfo is tagged " + tag)
                    .orElse("its narinfo is there and has no verdict yet"))
        .orElse("there is no narinfo of it");
  }

  private Optional<TaggedVersion> narInfo(StorePathHash hash) {
    return cache.tags(new NarInfoPath(hash).key());
  }
}

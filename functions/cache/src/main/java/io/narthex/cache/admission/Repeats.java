package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.narinfo.NarInfoReader;
import io.narthex.cache.narinfo.NarInfoText;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.List;
import java.util.Optional;

/**
 * Versions of a narinfo right under another one that say the same: one upload, sent again by a
 * client that had no answer. What becomes of one must become of all, or the next would wait for a
 * NAR that went with the first, and keep the client from pushing again.
 */
final class Repeats {
  private static final int MAX_LOOKED_AT = 100;

  private final VersionedStore cache;
  private final VerdictTags tags;
  private final NarInfoReader narInfos;

  Repeats(VersionedStore cache, VerdictTags tags, NarInfoReader narInfos) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.narInfos = requireNonNull(narInfos, "narInfos is null");
  }

  /**
   * Those that were neither verified nor adopted, newest first; none if that version is gone or no
   * narinfo.
   */
  List<VersionId> under(NarInfoPath path, VersionId version) {
    List<VersionId> newestFirst = cache.versionsInPlace(path.key());
    int at = newestFirst.indexOf(version);
    if (at < 0 || at + 1 == newestFirst.size()) {
      return List.of();
    }
    Optional<String> text = text(path, version);
    return newestFirst.subList(at + 1, newestFirst.size()).stream()
        .limit(MAX_LOOKED_AT)
        .takeWhile(older -> !tags.mustStay(path.key(), older))
        .takeWhile(older -> text.isPresent() && text(path, older).equals(text))
        .toList();
  }

  private Optional<String> text(NarInfoPath path, VersionId version) {
    return switch (narInfos.read(path, version)) {
      case NarInfoText.Parsed(_, var text, _) -> Optional.of(text);
      case NarInfoText.Unreadable unreadable -> Optional.empty();
      case NarInfoText.Gone gone -> Optional.empty();
    };
  }
}

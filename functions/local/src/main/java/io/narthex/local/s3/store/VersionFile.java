package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * One version or delete marker of a key: a file in the key's directory under {@code versions/},
 * named for its id.
 *
 * @param file a hard link to the version's content; empty for a delete marker
 * @param id 16 hex digits that grow with each version, or {@code null} for what was written before
 *     versioning was on
 * @param deleteMarker whether it only hides what is below it
 */
record VersionFile(Path file, String id, boolean deleteMarker) {
  /** The id of an object that was written before its bucket was versioned. */
  static final String NULL_ID = "null";

  /** Oldest first: what is older than versioning is older than every version. */
  static final Comparator<VersionFile> BY_AGE =
      Comparator.comparing((VersionFile v) -> !v.id().equals(NULL_ID))
          .thenComparing(VersionFile::id);

  private static final String VERSION = ".narthex-v-";
  private static final String MARKER = ".narthex-d-";

  static VersionFile version(Path directory, String id) {
    return new VersionFile(directory.resolve(VERSION + id), id, false);
  }

  static VersionFile marker(Path directory, String id) {
    return new VersionFile(directory.resolve(MARKER + id), id, true);
  }

  /** What a file in a key's directory is; empty for the directory of a longer key. */
  static Optional<VersionFile> of(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith(VERSION)) {
      return Optional.of(new VersionFile(file, name.substring(VERSION.length()), false));
    }
    if (name.startsWith(MARKER)) {
      return Optional.of(new VersionFile(file, name.substring(MARKER.length()), true));
    }
    return Optional.empty();
  }

  /** The key under which the store of versions reads the content. */
  String storeKey(ObjectName name) {
    return name.key() + "/" + file.getFileName();
  }
}

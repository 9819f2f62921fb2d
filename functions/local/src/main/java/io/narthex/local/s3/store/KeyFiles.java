package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of one key, to be used under the key's lock. In a bucket with versioning the key's
 * directory of versions is the truth: {@link #add}, {@link #hide} and {@link #drop} change it in
 * one step each, and {@link #settle} makes the current object follow. A process that dies in
 * between leaves a state that {@link #settle} completes.
 */
final class KeyFiles {
  private final DataDirectory data;
  private final Path current;
  private final Path chain;
  private final Tree objects;
  private final Tree versions;

  KeyFiles(DataDirectory data, ObjectName name) {
    this.data = data;
    Path objectRoot = data.objects().resolve(name.bucket());
    Path versionRoot = data.versions().resolve(name.bucket());
    this.current = objectRoot.resolve(name.key());
    this.chain = versionRoot.resolve(name.key());
    this.objects = new Tree(objectRoot);
    this.versions = new Tree(versionRoot);
  }

  /** The file that the key reads as now. */
  Optional<Path> current() {
    return Files.isRegularFile(current, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(current)
        : Optional.empty();
  }

  /**
   * All versions and delete markers, oldest first; without the current object of a bucket that was
   * never versioned.
   */
  List<VersionFile> versions() throws IOException {
    if (!Files.isDirectory(chain)) {
      return List.of();
    }
    List<VersionFile> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(chain)) {
      files.forEach(file -> VersionFile.of(file).ifPresent(found::add));
    }
    found.sort(VersionFile.BY_AGE);
    return found;
  }

  /**
   * A version or delete marker by its id; {@code null} also finds what was written before
   * versioning was on.
   */
  Optional<VersionFile> find(String id) throws IOException {
    Optional<VersionFile> kept = versions().stream().filter(v -> v.id().equals(id)).findFirst();
    if (kept.isEmpty() && id.equals(VersionFile.NULL_ID)) {
      return current()
          .filter(f -> Attributes.VERSION.read(f).isEmpty())
          .map(f -> new VersionFile(f, id, false));
    }
    return kept;
  }

  Optional<VersionFile> newest() throws IOException {
    List<VersionFile> all = versions();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Refuses a key that cannot be a file beside those that are there. */
  void requirePlace() throws IOException {
    objects.requirePlace(current);
  }

  /** Whether {@link #requirePlace} would refuse nothing. */
  boolean hasPlace() throws IOException {
    try {
      requirePlace();
      return true;
    } catch (S3Refusal taken) {
      return false;
    }
  }

  /** Unversioned write: one rename. */
  void replace(Path staged) throws IOException {
    objects.move(staged, current);
  }

  /** Unversioned delete: one unlink. */
  void remove() throws IOException {
    objects.delete(current);
  }

  /** A new version. Stopping here: the version is there, and {@link #settle} makes it current. */
  void add(Path staged, String id) throws IOException {
    adopt();
    versions.move(staged, VersionFile.version(chain, id).file());
  }

  /**
   * A new delete marker. Stopping here: the marker is there, and {@link #settle} hides the object.
   */
  void hide(String id) throws IOException {
    adopt();
    versions.createEmpty(VersionFile.marker(chain, id).file());
  }

  /**
   * Deletes a version or marker. Stopping here: it is gone, and {@link #settle} brings back what
   * was below.
   */
  void drop(VersionFile version) throws IOException {
    adopt();
    versions.delete(version.file());
  }

  /** Takes back an {@link #add} that could not be settled. */
  void withdraw(String id) throws IOException {
    versions.delete(VersionFile.version(chain, id).file());
  }

  /**
   * What was written before versioning was on becomes the oldest version. Stopping here: nothing
   * has changed.
   */
  void adopt() throws IOException {
    if (current().isPresent() && Attributes.VERSION.read(current).isEmpty()) {
      Path file = VersionFile.version(chain, VersionFile.NULL_ID).file();
      if (!Files.exists(file)) {
        versions.link(current, file);
      }
    }
  }

  /**
   * Makes the current object the newest version, or absent where that is a delete marker or
   * nothing.
   */
  void settle() throws IOException {
    Optional<VersionFile> newest = newest();
    if (newest.isEmpty() || newest.get().deleteMarker()) {
      objects.delete(current);
    } else if (current().isEmpty() || !Files.isSameFile(current, newest.get().file())) {
      Path link = data.staging().resolve(UUID.randomUUID().toString());
      Files.createLink(link, newest.get().file());
      objects.move(link, current);
    }
  }
}

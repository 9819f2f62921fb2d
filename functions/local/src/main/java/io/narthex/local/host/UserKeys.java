package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.auth.AccessKeys;
import io.narthex.local.s3.auth.S3User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The access keys of a directory of users. A key that is known costs one look at its file; for one
 * that is not, the directory is read.
 */
final class UserKeys implements AccessKeys {
  private static final System.Logger LOG = System.getLogger(UserKeys.class.getName());

  private final Path directory;
  private volatile Map<String, Known> known = Map.of();

  UserKeys(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /** A user, the file it was read from, and what that was then. */
  private record Known(S3User user, Path file, Stamp stamp) {
    boolean holds() {
      return Stamp.of(file).filter(stamp::equals).isPresent();
    }
  }

  /** What changes with a file; one that is replaced is another to the file system. */
  private record Stamp(FileTime modified, long size, String identity) {
    static Optional<Stamp> of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(now.lastModifiedTime(), now.size(), Objects.toString(now.fileKey())));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Optional<S3User> find(String accessKeyId) {
    return current(accessKeyId)
        .or(
            () -> {
              known = readAll();
              return current(accessKeyId);
            })
        .map(Known::user);
  }

  private Optional<Known> current(String accessKeyId) {
    return Optional.ofNullable(known.get(accessKeyId)).filter(Known::holds);
  }

  private Map<String, Known> readAll() {
    Map<String, Known> found = new HashMap<>();
    for (Path file : LocalUsers.files(directory)) {
      read(file).ifPresent(user -> found.put(user.user().accessKeyId(), user));
    }
    return Map.copyOf(found);
  }

  /** One file that cannot be read is no reason to refuse all others. */
  private static Optional<Known> read(Path file) {
    try {
      Optional<Stamp> stamp = Stamp.of(file);
      return stamp.isEmpty()
          ? Optional.empty()
          : LocalUsers.read(file).map(user -> new Known(user.user(), file, stamp.get()));
    } catch (IllegalStateException
        | IllegalArgumentException
        | DateTimeException
        | UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "A user is left out", e);
      return Optional.empty();
    }
  }
}

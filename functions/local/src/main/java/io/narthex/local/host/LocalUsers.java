package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.auth.AccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The IAM users of a data directory, a file each, whether or not a host runs there. One that runs
 * knows of changes with the next request.
 */
public final class LocalUsers {
  static final String SUFFIX = ".json";

  private final Path directory;

  private LocalUsers(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /** Those of a data directory, which may not be there yet. */
  public static LocalUsers in(Path data) {
    return new LocalUsers(data.toAbsolutePath().normalize().resolve("users"));
  }

  /**
   * Adds a user.
   *
   * @throws IllegalStateException if there is one of that name in any case, as IAM does
   */
  public void add(LocalUser user) {
    if (find(user.name()).isPresent()) {
      throw new IllegalStateException("there is a user " + user.name() + " already");
    }
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path whole = directory.resolve("." + user.userId());
      PrivateFile.write(whole, UserFile.write(user));
      try {
        // A link is never made over a file that is there, as a move would be.
        Files.createLink(directory.resolve(user.name() + SUFFIX), whole);
      } finally {
        Files.delete(whole);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException("there is a user " + user.name() + " already", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, by name. */
  public List<LocalUser> list() {
    List<LocalUser> users = new ArrayList<>();
    for (Path file : files(directory)) {
      read(file).ifPresent(users::add);
    }
    return LocalUser.sorted(users);
  }

  /** The user of a name, in any case. */
  public Optional<LocalUser> find(String name) {
    return list().stream().filter(user -> user.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Removes a user, whose key is refused from now on. */
  public void remove(LocalUser user) {
    try {
      Files.deleteIfExists(directory.resolve(user.name() + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Their access keys, as they are at each request. */
  AccessKeys accessKeys() {
    return new UserKeys(directory);
  }

  static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that may have gone meanwhile. */
  static Optional<LocalUser> read(Path file) {
    try {
      return Optional.of(UserFile.read(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + " is not the file of a user", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.narthex.local.cli;

import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file with a secret key, as {@code nix key generate-secret} writes it. */
final class SecretKeyFile {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SecretKeyFile() {}

  /**
   * Reads a key to sign with.
   *
   * @throws CannotException if it is not there, or if others than its owner may read or change it
   */
  static SecretKey read(Path file) {
    SecretKey key = parse(file);
    if (isOthers(file)) {
      throw new CannotException(file + " must be its owner's alone: chmod 600 " + file);
    }
    return key;
  }

  /**
   * Reads a key, whoever else may.
   *
   * @throws CannotException if it is not there
   * @throws IllegalArgumentException if there is something else in it
   */
  static SecretKey parse(Path file) {
    try {
      return SecretKey.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new CannotException("there is no " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Where files have no such permissions, there is nothing to say.
  private static boolean isOthers(Path file) {
    try {
      return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
          && !OWNERS.containsAll(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.narthex.local.cli.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * A netrc file on disk. It is replaced as a whole, or stays as it was; its owner, group and mode
 * stay, and a new one is its owner's alone. It is never reached through a symbolic link: whoever
 * made the link would choose what is overwritten.
 */
public final class NetrcFile {
  private final Path file;

  /** At this path, whether it is there or not. */
  public NetrcFile(Path file) {
    this.file = requireNonNull(file, "file is null").toAbsolutePath().normalize();
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Begins to write it, before there is anything to write: so a file that we may not replace is
   * known of first.
   *
   * @throws RootOnlyException if it is for another user to write
   * @throws IllegalStateException if it is nothing that can be replaced
   * @throws IOException if the file system fails
   */
  public NetrcDraft begin() throws RootOnlyException, IOException {
    Path folder = requireNonNull(file.getParent(), "a file is in a folder");
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("there is no folder " + folder);
    }
    return NetrcDraft.open(this, attributes());
  }

  /** What it is now; empty if it is not there. */
  private Optional<PosixFileAttributes> attributes() throws IOException {
    try {
      PosixFileAttributes now =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (now.isSymbolicLink()) {
        throw new IllegalStateException(
            "%s is a symbolic link to %s; if that is the file, name it with --netrc"
                .formatted(file, Files.readSymbolicLink(file)));
      }
      if (!now.isRegularFile()) {
        throw new IllegalStateException(file + " is not a file");
      }
      return Optional.of(now);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Its text, one character a byte; empty if it is not there. */
  String read() throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}

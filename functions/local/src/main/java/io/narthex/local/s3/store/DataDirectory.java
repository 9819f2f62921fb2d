package io.narthex.local.s3.store;

import io.narthex.local.lock.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the endpoint keeps what: one directory, one file system, one process.
 *
 * <ul>
 *   <li>{@code objects/BUCKET/KEY}: what a key reads as now
 *   <li>{@code versions/BUCKET/KEY/}: every version and delete marker of a key, in buckets with
 *       versioning
 *   <li>{@code uploads/BUCKET/}: parts of multipart uploads
 *   <li>{@code staging/objects/}: bodies that were received and are not yet objects
 *   <li>{@code buckets/}: policies and versioning
 *   <li>{@code intents/}: changes that are under way
 * </ul>
 */
public final class DataDirectory implements AutoCloseable {
  /** The one container of the staging area. */
  static final String STAGED = "objects";

  private final Path root;
  private final DirectoryLock lock;

  private DataDirectory(Path root, DirectoryLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Creates what is missing, and takes the directory for this process.
   *
   * @throws IllegalStateException if another process has it, or its file system has no user
   *     extended attributes or no hard links
   */
  public static DataDirectory open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      for (String part :
          new String[] {
            "objects", "versions", "uploads", "staging/objects", "buckets", "intents"
          }) {
        Files.createDirectories(root.resolve(part));
      }
      DirectoryLock lock =
          DirectoryLock.take(root)
              .orElseThrow(() -> new IllegalStateException("Another process uses " + root));
      return new DataDirectory(root, lock).prepared();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + root + " for the embedded S3 endpoint", e);
    }
  }

  private DataDirectory prepared() throws IOException {
    boolean usable = false;
    try {
      clearStaging();
      probe();
      usable = true;
      return this;
    } finally {
      if (!usable) {
        close();
      }
    }
  }

  /** A silent lack of attributes would lose ETags, tags and with them every condition. */
  private void probe() throws IOException {
    Path file = Files.createFile(staging().resolve("probe"));
    Path link = staging().resolve("probe-link");
    try {
      Attributes.TAGS.write(file, "x".repeat(1024));
      Files.createLink(link, file);
      if (Attributes.TAGS.read(link).isEmpty()) {
        throw new FileSystemException(file.toString());
      }
    } catch (FileSystemException | UnsupportedOperationException e) {
      throw new IllegalStateException(
          "The file system of "
              + root
              + " has no user extended attributes or no hard links; ext4, xfs, btrfs and tmpfs (Linux 6.6) have both",
          e);
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(file);
    }
  }

  private void clearStaging() throws IOException {
    try (var files = Files.newDirectoryStream(staging())) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  Path objects() {
    return root.resolve("objects");
  }

  Path versions() {
    return root.resolve("versions");
  }

  Path uploads() {
    return root.resolve("uploads");
  }

  Path stagingRoot() {
    return root.resolve("staging");
  }

  Path staging() {
    return stagingRoot().resolve(STAGED);
  }

  Path buckets() {
    return root.resolve("buckets");
  }

  Path intents() {
    return root.resolve("intents");
  }

  Path sequence() {
    return root.resolve("sequence");
  }

  /** Gives the directory free for another process. */
  @Override
  public void close() {
    lock.close();
  }
}

package io.narthex.local.s3.store;

import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Files below one directory whose parents come with the first file and go with the last, whoever
 * else is at work.
 */
final class Tree {
  private static final int ATTEMPTS = 1000;

  private final Path root;

  Tree(Path root) {
    this.root = root;
  }

  /** Moves a file into the tree, replacing what is there in one step. */
  void move(Path from, Path to) throws IOException {
    withParents(to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Gives a file of the same file system a second name in the tree. */
  void link(Path existing, Path link) throws IOException {
    withParents(link, () -> Files.createLink(link, existing));
  }

  void createEmpty(Path file) throws IOException {
    withParents(file, () -> Files.createFile(file));
  }

  /** Removes a file, and each directory above it that is empty then. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    for (Path directory : above(file)) {
      try {
        Files.deleteIfExists(directory);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** The directories between a file and the root, the nearest to the file first. */
  private List<Path> above(Path file) {
    Path names = root.relativize(file);
    return IntStream.iterate(names.getNameCount() - 1, n -> n > 0, n -> n - 1)
        .mapToObj(n -> root.resolve(names.subpath(0, n)))
        .toList();
  }

  /**
   * Refuses a name that cannot be a file here: a part of it is a file already, or it is a directory
   * that holds files.
   */
  void requirePlace(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.deleteIfExists(file);
      } catch (DirectoryNotEmptyException e) {
        throw conflict();
      }
    }
    for (Path directory : above(file)) {
      if (Files.isRegularFile(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw conflict();
      }
    }
  }

  private static S3Refusal conflict() {
    return S3Refusal.invalidArgument(
        "The embedded endpoint cannot hold both a key and another key that continues it after a slash.");
  }

  /**
   * Somebody who removes the last file of a directory may take the directory away between our two
   * steps.
   */
  private void withParents(Path file, FileStep step) throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<Path> directories = above(file);
      Files.createDirectories(directories.isEmpty() ? root : directories.getFirst());
      try {
        step.run();
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private interface FileStep {
    void run() throws IOException;
  }
}

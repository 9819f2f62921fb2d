package io.narthex.local.s3.store;

import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
    prune(file.getParent());
  }

  private void prune(Path directory) throws IOException {
    for (Path dir = directory; !dir.equals(root); dir = dir.getParent()) {
      try {
        Files.deleteIfExists(dir);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
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
    for (Path dir = file.getParent(); !dir.equals(root); dir = dir.getParent()) {
      if (Files.isRegularFile(dir, LinkOption.NOFOLLOW_LINKS)) {
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
  private static void withParents(Path file, FileStep step) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Files.createDirectories(file.getParent());
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

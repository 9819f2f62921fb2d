package io.narthex.local.s3.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes what is left of multipart uploads that nobody has touched for long: parts, stubs, and
 * files that a process was writing when it died.
 */
final class AbandonedUploads {
  private final Path uploads;

  AbandonedUploads(Path uploads) {
    this.uploads = uploads;
  }

  void removeOlderThan(Instant limit) throws IOException {
    try (DirectoryStream<Path> buckets = Files.newDirectoryStream(uploads)) {
      for (Path bucket : buckets) {
        removeOlderThan(limit, bucket);
      }
    }
  }

  /**
   * All of an upload is in files and directories right below the bucket that its id is a part of
   * the name of.
   */
  private static void removeOlderThan(Instant limit, Path bucket) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(bucket)) {
      for (Path entry : entries) {
        if (lastTouched(entry).isBefore(limit)) {
          remove(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // Its bucket was deleted, or its upload was completed, in the meantime.
      return;
    }
  }

  private static Instant lastTouched(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      Instant last = Instant.MIN;
      for (Path file : files.toList()) {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        last = modified.isAfter(last) ? modified : last;
      }
      return last;
    }
  }

  private static void remove(Path entry) throws IOException {
    List<Path> deepestLast;
    try (Stream<Path> files = Files.walk(entry)) {
      deepestLast = files.toList();
    }
    for (Path file : deepestLast.reversed()) {
      Files.deleteIfExists(file);
    }
  }
}

package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A listing of the bucket as it was before, on disk, one object a line: time of writing in
 * milliseconds, size, key. Lines are in the order of the listing, so two can be compared as they
 * are read.
 */
final class ListingFile implements AutoCloseable {
  private static final int FIELDS = 3;

  private final BufferedReader lines;
  private Optional<Line> current;

  private ListingFile(BufferedReader lines) throws IOException {
    this.lines = lines;
    this.current = read();
  }

  /** Opens a listing; one that was never written has no lines. */
  static ListingFile open(Path file) throws IOException {
    try {
      return new ListingFile(Files.newBufferedReader(file, UTF_8));
    } catch (NoSuchFileException e) {
      return new ListingFile(new BufferedReader(Reader.nullReader()));
    }
  }

  /**
   * One object.
   *
   * @param millis when it was written
   */
  record Line(long millis, long size, ObjectKey key) {
    static Line of(ListPage.Entry entry) {
      return new Line(entry.lastModified().toEpochMilli(), entry.size(), entry.key());
    }

    /**
     * The same, but unlike any that can come: for an object that may be written again within the
     * store's idea of one moment, so that it is looked at once more.
     */
    Line unsettled(Instant since) {
      return millis < since.toEpochMilli() ? this : new Line(-1, size, key);
    }

    String text() {
      return "%d %d %s\n".formatted(millis, size, key);
    }

    private static Line parse(String text) {
      String[] fields = text.split(" ", FIELDS);
      return new Line(
          Long.parseLong(fields[0]), Long.parseLong(fields[1]), new ObjectKey(fields[2]));
    }

    boolean isBefore(ObjectKey other) {
      return key.value().compareTo(other.value()) < 0;
    }
  }

  /** The next line, without taking it. */
  Optional<Line> current() {
    return current;
  }

  /** Takes the next line. */
  void advance() throws IOException {
    current = read();
  }

  private Optional<Line> read() throws IOException {
    return Optional.ofNullable(lines.readLine()).map(Line::parse);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

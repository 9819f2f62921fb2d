package io.narthex.cache.nar;

import io.narthex.cache.store.OutOfTimeException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import java.util.Optional;

/** Why a NAR that is there is not read at all. */
public final class UnreadNar {
  private UnreadNar() {}

  /** What is wrong with an object before any byte of it was read; empty if nothing is. */
  public static Optional<Finding> why(StoredObject object, NarReading reading) {
    return object
        .contentEncoding()
        .map(UnreadNar::encoded)
        .or(
            () ->
                object.size() > reading.maxFileSize()
                    ? Optional.of(tooLarge("URL", reading.maxFileSize(), object.size()))
                    : Optional.empty());
  }

  /** It has a content encoding, which clients undo: they would not get the bytes that are there. */
  public static Finding encoded(String encoding) {
    return new Finding(CheckName.COMPRESSION, "Content-Encoding", "none", encoding);
  }

  /** It is larger than is read, for its narinfo or at all. */
  public static Finding tooLarge(String field, long max, long actual) {
    return new Finding(CheckName.ARCHIVE, field, "at most " + max + " bytes", actual + " bytes");
  }

  /** It takes longer to read than there is time. */
  public static Finding tooSlow(long size, OutOfTimeException e) {
    return new Finding(
        CheckName.ARCHIVE,
        "URL",
        "a file that can be read in %d seconds".formatted(e.time().toSeconds()),
        "%d of %d bytes read; it waits for narthex audit --stack".formatted(e.bytes(), size));
  }
}

package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

/** What became of a conditional write. */
public sealed interface PutResult {
  /** The object was written and is now current. */
  record Stored(VersionId version, ETag etag) implements PutResult {
    public Stored {
      requireNonNull(version, "version is null");
      requireNonNull(etag, "etag is null");
    }
  }

  /** Nothing was written: the object is there already, is another one, or is gone. */
  record PreconditionFailed() implements PutResult {}
}

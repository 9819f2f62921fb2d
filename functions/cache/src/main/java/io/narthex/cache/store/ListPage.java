package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param entries in ascending byte order of their keys
 * @param more whether keys follow after the last entry
 */
public record ListPage(List<Entry> entries, boolean more) {
  public ListPage {
    entries = List.copyOf(entries);
    if (more && entries.isEmpty()) {
      throw new IllegalArgumentException("nothing to continue from");
    }
  }

  /** A current object: its key, size in bytes and time of writing. */
  public record Entry(ObjectKey key, long size, Instant lastModified) {
    public Entry {
      requireNonNull(key, "key is null");
      requireNonNull(lastModified, "lastModified is null");
    }
  }
}

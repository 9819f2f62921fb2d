package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.Instant;

/** The statistics of a generation as they are stored: an object of JSON. */
public final class StoredStatistics {
  private final byte[] json;
  private final Instant asOf;

  private StoredStatistics(byte[] json, Instant asOf) {
    this.json = json;
    this.asOf = requireNonNull(asOf, "asOf is null");
  }

  static StoredStatistics read(byte[] json) throws MalformedJsonException {
    return new StoredStatistics(
        json.clone(), JsonDocument.parse(json).text("asOf", JsonDocument::instant));
  }

  /** When the rebuild began that wrote them, and the sorted files: whatever came later may lack. */
  public Instant asOf() {
    return asOf;
  }

  /** A copy of the JSON. */
  public byte[] json() {
    return json.clone();
  }
}

package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.IndexReader;
import io.narthex.cache.json.MalformedJsonException;

/**
 * Answers questions about many paths from the index. Each answer tells a caller of a path what a
 * read of its narinfo would.
 */
public final class Queries {
  /** Where it is asked which paths are missing. */
  public static final String MISSING = "/api/v1/missing";

  private final AccessRules rules;
  private final MissingPaths missing;

  /** Queries by the same rules as reads. */
  public Queries(ReadPorts ports, CacheBucket bucket) {
    requireNonNull(ports, "ports is null");
    this.rules = new AccessRules(ports, bucket);
    this.missing = new MissingPaths(new IndexReader(ports.state(), ports.clock()));
  }

  /**
   * Which of the posted paths the caller cannot have.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  public Answer missing(byte[] json, Caller caller) {
    try {
      return missing.answer(MissingRequest.parse(json), rules.access(caller));
    } catch (MalformedJsonException e) {
      return new Answer.BadRequest(String.valueOf(e.getMessage()));
    }
  }
}

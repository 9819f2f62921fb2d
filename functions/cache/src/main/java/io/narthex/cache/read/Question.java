package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is asked about many paths. */
sealed interface Question {
  /** Path of closures, in front of a hash or the base name of a store path. */
  String CLOSURE = "/api/v1/closure/";

  /** {@code /api/v1/closure/<hash>}: what a path needs, itself among it. */
  record Closure(StorePathHash hash, Paging paging) implements Question {
    /** The most paths of one part. */
    static final int MOST = 5_000;

    public Closure {
      requireNonNull(hash, "hash is null");
      requireNonNull(paging, "paging is null");
    }
  }

  /**
   * The question that a decoded path asks with what stands behind its question mark; empty if it
   * asks none.
   */
  static Optional<Question> of(String path, String query) throws MalformedQuestionException {
    if (path.startsWith(CLOSURE)) {
      Optional<StorePathHash> hash = Route.hash(path.substring(CLOSURE.length()));
      Paging paging =
          Paging.of(parameters(query, Paging.AFTER, Paging.LIMIT), Closure.MOST).afterHash();
      return hash.map(of -> new Closure(of, paging));
    }
    return Optional.empty();
  }

  private static QueryParameters parameters(String query, String... known)
      throws MalformedQuestionException {
    return QueryParameters.parse(query, new TreeSet<>(Set.of(known)));
  }
}

package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is asked about many paths. */
sealed interface Question {
  /** Path of closures, in front of a hash or the base name of a store path. */
  String CLOSURE = "/api/v1/closure/";

  /** Path of referrers, in front of the same. */
  String REFERRERS = "/api/v1/referrers/";

  /** Path of searches. */
  String SEARCH = "/api/v1/search";

  /** Path of statistics. */
  String STATS = "/api/v1/stats";

  /** {@code /api/v1/closure/<hash>}: what a path needs, itself among it. */
  record Closure(StorePathHash hash, Paging paging) implements Question {
    /** The most paths of one part. */
    static final int MOST = 5_000;

    public Closure {
      requireNonNull(hash, "hash is null");
      requireNonNull(paging, "paging is null");
    }
  }

  /** {@code /api/v1/referrers/<hash>}: which paths refer to a path. */
  record Referrers(StorePathHash hash, Paging paging) implements Question {
    public Referrers {
      requireNonNull(hash, "hash is null");
      requireNonNull(paging, "paging is null");
    }
  }

  /**
   * {@code /api/v1/search?name=<text>}: which paths have names in which a text occurs.
   *
   * @param name characters that names have, at least one
   */
  record Search(String name, Paging paging) implements Question {
    private static final String NAME = "name";

    public Search {
      requireNonNull(name, "name is null");
      requireNonNull(paging, "paging is null");
    }
  }

  /** {@code /api/v1/stats}: how much there is. */
  record Stats() implements Question {}

  /** How many paths an answer from sorted files has, unless a limit is asked for. */
  int USUAL = 100;

  /** The most it has. */
  int MOST = 1_000;

  /**
   * The question that a decoded path asks with what stands behind its question mark; empty if it
   * asks none.
   */
  static Optional<Question> of(String path, String query) throws MalformedQuestionException {
    if (path.startsWith(CLOSURE)) {
      Paging paging = paging(query, Closure.MOST, Closure.MOST);
      return Route.hash(path.substring(CLOSURE.length())).map(hash -> new Closure(hash, paging));
    }
    if (path.startsWith(REFERRERS)) {
      Paging paging = paging(query, USUAL, MOST);
      return Route.hash(path.substring(REFERRERS.length()))
          .map(hash -> new Referrers(hash, paging));
    }
    return switch (path) {
      case SEARCH -> Optional.of(search(query));
      case STATS -> {
        parameters(query);
        yield Optional.of(new Stats());
      }
      default -> Optional.empty();
    };
  }

  private static Paging paging(String query, int usual, int most)
      throws MalformedQuestionException {
    return Paging.of(parameters(query, Paging.AFTER, Paging.LIMIT), usual, most)
        .after(StorePathHash::isValid);
  }

  private static Search search(String query) throws MalformedQuestionException {
    QueryParameters parameters = parameters(query, Search.NAME, Paging.AFTER, Paging.LIMIT);
    String name = parameters.get(Search.NAME).orElse("");
    if (!name.matches("[A-Za-z0-9+._?=-]{1,211}")) {
      throw new MalformedQuestionException("name is not 1 to 211 letters, digits and + - . _ ? =");
    }
    return new Search(name, Paging.of(parameters, USUAL, MOST).after(after -> isStorePath(after)));
  }

  private static boolean isStorePath(String text) {
    try {
      StorePath.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static QueryParameters parameters(String query, String... known)
      throws MalformedQuestionException {
    return QueryParameters.parse(query, new TreeSet<>(Set.of(known)));
  }
}

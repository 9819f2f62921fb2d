package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * Which part of a long answer is asked for.
 *
 * @param after what the part before it said is next; empty for the first part
 * @param limit how many paths it may have at most
 */
record Paging(Optional<String> after, int limit) {
  static final String AFTER = "after";
  static final String LIMIT = "limit";

  Paging {
    requireNonNull(after, "after is null");
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
  }

  /** Without a limit, or with a greater one, a part has this many. */
  static Paging of(QueryParameters parameters, int most) throws MalformedQuestionException {
    return new Paging(parameters.get(AFTER), limit(parameters.get(LIMIT), most));
  }

  /** This, if it goes on after a hash or begins at the beginning. */
  Paging afterHash() throws MalformedQuestionException {
    if (after.filter(text -> !StorePathHash.isValid(text)).isPresent()) {
      throw new MalformedQuestionException("after is not what an answer said is next");
    }
    return this;
  }

  private static int limit(Optional<String> text, int most) throws MalformedQuestionException {
    if (text.isEmpty()) {
      return most;
    }
    if (!text.get().matches("[1-9][0-9]{0,8}")) {
      throw new MalformedQuestionException("limit is not a number from 1 on");
    }
    return Math.min(most, Integer.parseInt(text.get()));
  }
}

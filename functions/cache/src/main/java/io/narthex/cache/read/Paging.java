package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;

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

  /**
   * As the parameters say.
   *
   * @param usual the limit without one
   * @param most the limit with a greater one
   */
  static Paging of(QueryParameters parameters, int usual, int most)
      throws MalformedQuestionException {
    return new Paging(parameters.get(AFTER), limit(parameters.get(LIMIT), usual, most));
  }

  /** This, if what it goes on after is what it should be, or it begins at the beginning. */
  Paging after(Predicate<String> isValid) throws MalformedQuestionException {
    if (after.filter(isValid.negate()).isPresent()) {
      throw new MalformedQuestionException("after is not what an answer said is next");
    }
    return this;
  }

  private static int limit(Optional<String> text, int usual, int most)
      throws MalformedQuestionException {
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.get().matches("[1-9][0-9]{0,8}")) {
      throw new MalformedQuestionException("limit is not a number from 1 on");
    }
    return Math.min(most, Integer.parseInt(text.get()));
  }
}

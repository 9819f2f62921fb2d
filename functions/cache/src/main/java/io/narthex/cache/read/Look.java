package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

/**
 * What looking for an object came to.
 *
 * @param <T> what is taken of it: its bytes or its description
 */
sealed interface Look<T> {
  /**
   * It is verified and the caller may have it.
   *
   * @param cacheability who else may
   */
  record Found<T>(T object, Cacheability cacheability) implements Look<T> {
    public Found {
      requireNonNull(object, "object is null");
      requireNonNull(cacheability, "cacheability is null");
    }
  }

  /** The caller may not have it, whatever its verdict. */
  record Refused<T>(Answer answer) implements Look<T> {
    public Refused {
      requireNonNull(answer, "answer is null");
    }
  }

  /** There is none that is served, and it is known why. */
  record Missing<T>(String reason) implements Look<T> {
    public Missing {
      requireNonNull(reason, "reason is null");
    }
  }

  /** There is one, and it has not been judged. */
  record Unjudged<T>() implements Look<T> {}
}

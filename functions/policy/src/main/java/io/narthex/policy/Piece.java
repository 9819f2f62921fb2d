package io.narthex.policy;

import java.util.Optional;

/** What stands between two {@code *} of a {@link Template}, part by part. */
sealed interface Piece {
  /** These characters. */
  record Literal(String text) implements Piece {}

  /** Exactly one code point, whichever. */
  record AnyOne() implements Piece {}

  /**
   * The value of a condition key, character by character: a {@code *} in it is no wildcard.
   *
   * @param key in its canonical spelling
   * @param otherwise what stands for a key that is not in the request
   * @param folded whether case does not matter; then {@code otherwise} is folded
   * @param isKeyKnown whether AWS knows the key; else its value is not known, whatever is said of
   *     it
   */
  record Variable(String key, Optional<String> otherwise, boolean folded, boolean isKeyKnown)
      implements Piece {
    Variable(String key, Optional<String> otherwise, boolean folded) {
      this(key, otherwise, folded, ConditionKeys.isKnown(key));
    }
  }
}

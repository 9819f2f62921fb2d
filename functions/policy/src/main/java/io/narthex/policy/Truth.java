package io.narthex.policy;

import java.util.function.Function;

/**
 * Kleene's three values. {@code INDETERMINATE} is what cannot be known or is not understood: it
 * never makes an Allow apply and always lets a Deny apply.
 */
enum Truth {
  FALSE,
  INDETERMINATE,
  TRUE;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case INDETERMINATE -> INDETERMINATE;
      case TRUE -> FALSE;
    };
  }

  /** Whether one of the items holds; false for none. */
  static <T> Truth any(Iterable<T> items, Function<T, Truth> test) {
    Truth result = FALSE;
    for (T item : items) {
      result = result.or(test.apply(item));
    }
    return result;
  }

  /** Whether all of the items hold; true for none. */
  static <T> Truth all(Iterable<T> items, Function<T, Truth> test) {
    return any(items, item -> test.apply(item).not()).not();
  }
}

package io.narthex.policy;

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
}

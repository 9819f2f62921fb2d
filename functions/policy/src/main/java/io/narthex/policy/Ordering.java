package io.narthex.policy;

import java.util.Optional;

/** How the value of a key must stand to the operand. */
enum Ordering {
  EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether the value stands so; false without one. */
  <T extends Comparable<T>> Truth holds(Optional<T> value, T operand) {
    if (value.isEmpty()) {
      return Truth.FALSE;
    }
    int compared = value.get().compareTo(operand);
    return Truth.of(
        switch (this) {
          case EQUAL -> compared == 0;
          case LESS -> compared < 0;
          case LESS_OR_EQUAL -> compared <= 0;
          case GREATER -> compared > 0;
          case GREATER_OR_EQUAL -> compared >= 0;
        });
  }
}

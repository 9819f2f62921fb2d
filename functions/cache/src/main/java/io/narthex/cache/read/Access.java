package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

/** Whether a caller may do something. */
sealed interface Access {
  /** It may. */
  record Allowed() implements Access {}

  /** It may not. */
  record Denied(Denial denial) implements Access {
    public Denied {
      requireNonNull(denial, "denial is null");
    }
  }
}

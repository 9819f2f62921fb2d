package io.narthex.cache.audit;

import io.narthex.cache.store.StoreException;
import java.util.Optional;

/** What a failure of the store is to people. */
final class Failures {
  private Failures() {}

  /** What was asked, and what it comes from if that says more. */
  static String why(StoreException e) {
    Optional<Throwable> cause = Optional.ofNullable(e.getCause());
    while (cause.map(Throwable::getCause).isPresent()) {
      cause = cause.map(Throwable::getCause);
    }
    return e.getMessage() + cause.map(root -> ": " + said(root)).orElse("");
  }

  private static String said(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}

package io.narthex.cache.principal;

import java.util.List;

/** A text is no {@code principals.json}. */
public final class MalformedPrincipalsException extends Exception {
  private final List<String> problems;

  MalformedPrincipalsException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong with it, each with where; at least one. */
  public List<String> problems() {
    return problems;
  }
}

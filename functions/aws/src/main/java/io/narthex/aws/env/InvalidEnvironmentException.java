package io.narthex.aws.env;

import java.util.List;

/** The function cannot start: variables are missing or wrong. */
public final class InvalidEnvironmentException extends RuntimeException {
  private final List<String> problems;

  InvalidEnvironmentException(List<String> problems) {
    super("environment: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, each with the name of its variable. */
  public List<String> problems() {
    return problems;
  }
}

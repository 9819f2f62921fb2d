package io.narthex.aws.env;

import java.util.List;

/** The function cannot start: variables are missing or wrong. */
public final class InvalidEnvironmentException extends RuntimeException {
  InvalidEnvironmentException(List<String> problems) {
    super("environment: " + String.join("; ", problems));
  }
}

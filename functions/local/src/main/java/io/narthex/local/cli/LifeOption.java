package io.narthex.local.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a token shall live. */
final class LifeOption {
  @Option(names = "--expires", paramLabel = "TIME", description = "E.g. 90m or 8h; at most 12h.")
  private Optional<String> life = Optional.empty();

  /** What is asked for; empty for what the cache thinks best. */
  Optional<Duration> asked() {
    return life.map(LifeOption::parse);
  }

  /** The option as it was given, for a command that is to be run again. */
  String again() {
    return life.map(text -> " --expires " + text).orElse("");
  }

  private static Duration parse(String text) {
    try {
      Duration life = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (life.isNegative() || life.isZero()) {
        throw new CannotException("--expires is a time above 0, such as 8h");
      }
      return life;
    } catch (DateTimeParseException e) {
      throw new CannotException("--expires is a time such as 90m or 8h, not " + text);
    }
  }
}

package io.narthex.cache.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.Duration;
import java.util.Optional;

/** How long a token lives that somebody gets by showing something else: never above 12 hours. */
public final class TokenLife {
  /** The longest; and of a login for which nobody says another. */
  public static final Duration MAX = Duration.ofHours(12);

  /** Of an exchanged token for which nobody says another: the longest job of GitHub Actions. */
  public static final Duration JOB = Duration.ofHours(6);

  private static final String FIELD = "expiresIn";

  private TokenLife() {}

  /** What was asked for, as far as it goes. */
  static Duration of(Optional<Duration> asked, Duration standard) {
    return asked.filter(life -> life.compareTo(MAX) < 0).orElse(asked.isPresent() ? MAX : standard);
  }

  /** Reads what is asked for, in seconds; a negative or an empty life is refused. */
  static Optional<Duration> asked(JsonDocument json) throws MalformedJsonException {
    if (!json.has(FIELD)) {
      return Optional.empty();
    }
    long seconds = json.number(FIELD);
    if (seconds <= 0) {
      throw new MalformedJsonException(FIELD + ": not a number of seconds above 0");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  static void put(ObjectNode json, Optional<Duration> life) {
    life.ifPresent(asked -> json.put(FIELD, asked.toSeconds()));
  }
}

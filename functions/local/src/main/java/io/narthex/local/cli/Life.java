package io.narthex.local.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Durations as people write them: {@code 90d}, {@code 12h}, {@code 30m}, {@code 45s}. */
final class Life implements ITypeConverter<Duration> {
  private static final int MAX_DIGITS = 9;

  @Override
  public Duration convert(String text) {
    String digits = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    if (digits.isEmpty()
        || digits.length() > MAX_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong(text);
    }
    long count = Long.parseLong(digits);
    return switch (text.charAt(text.length() - 1)) {
      case 'd' -> Duration.ofDays(count);
      case 'h' -> Duration.ofHours(count);
      case 'm' -> Duration.ofMinutes(count);
      case 's' -> Duration.ofSeconds(count);
      default -> throw wrong(text);
    };
  }

  private static CannotException wrong(String text) {
    return new CannotException("not a duration such as 90d, 12h or 30m: " + text);
  }
}

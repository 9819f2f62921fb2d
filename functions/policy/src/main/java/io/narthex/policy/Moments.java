package io.narthex.policy;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * Points in time as date conditions write them: a date of ISO 8601 with dashes, with or without a
 * time and a zone (without one it is UTC), or seconds since 1970.
 *
 * @see <a href="https://www.w3.org/TR/NOTE-datetime">Date and Time Formats</a>
 */
final class Moments {
  private static final int MAX_EPOCH_DIGITS = 12;
  private static final int DATE_LENGTH = "2026-11-23".length();

  private static final DateTimeFormatter DATE_AND_TIME =
      new DateTimeFormatterBuilder()
          .append(ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Moments() {}

  static Optional<Instant> parse(String text) {
    if (Numbers.isDigits(text, 0, text.length())) {
      return text.length() <= MAX_EPOCH_DIGITS
          ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
          : Optional.empty();
    }
    // Most texts are no dates, and an exception for each would be dear.
    return text.length() >= DATE_LENGTH && text.length() < 40 && text.charAt(4) == '-'
        ? date(text)
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      if (text.length() == DATE_LENGTH) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      TemporalAccessor parsed =
          DATE_AND_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

package io.narthex.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A text and what it says as something else: whatever of these it can be. */
final class Typed {
  private final String folded;
  private final Optional<BigDecimal> number;
  private final Optional<Instant> moment;
  private final Optional<IpRange> address;
  private final Optional<Boolean> flag;

  Typed(String text) {
    this.folded = fold(text);
    this.number = Numbers.parse(text);
    this.moment = Moments.parse(text);
    this.address = IpRange.address(text);
    this.flag = flag(text);
  }

  /**
   * A text without its case, code point by code point: what is written with two letters in the
   * other case stays.
   */
  static String fold(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Optional<Boolean> flag(String text) {
    return text.equalsIgnoreCase("true")
        ? Optional.of(true)
        : Optional.of(false).filter(no -> text.equalsIgnoreCase("false"));
  }

  String folded() {
    return folded;
  }

  Optional<BigDecimal> number() {
    return number;
  }

  Optional<Instant> moment() {
    return moment;
  }

  Optional<IpRange> address() {
    return address;
  }

  Optional<Boolean> flag() {
    return flag;
  }
}

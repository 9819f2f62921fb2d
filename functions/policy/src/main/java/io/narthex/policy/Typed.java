package io.narthex.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text and what it says as something else, each made when it is first asked for. Two threads may
 * both make it, and make the same.
 */
final class Typed {
  private final String text;
  private final Form<String> folded = new Form<>(Typed::fold);
  private final Form<Optional<BigDecimal>> number = new Form<>(Numbers::parse);
  private final Form<Optional<Instant>> moment = new Form<>(Moments::parse);
  private final Form<Optional<IpRange>> address = new Form<>(IpRange::address);
  private final Form<Optional<Boolean>> flag = new Form<>(Typed::flag);
  private final Form<Optional<byte[]>> bytes = new Form<>(Typed::bytes);

  /** One of the forms. */
  private static final class Form<T> {
    private final Function<String, T> reading;
    private @Nullable T made;

    Form(Function<String, T> reading) {
      this.reading = reading;
    }

    T of(String text) {
      T form = made;
      if (form == null) {
        form = reading.apply(text);
        made = form;
      }
      return form;
    }
  }

  Typed(String text) {
    this.text = text;
  }

  /**
   * A text without its case, code point by code point: what is written with two letters in the
   * other case stays.
   */
  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return foldAny(text);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static String foldAny(String text) {
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

  /** What base 64 stands for. */
  static Optional<byte[]> bytes(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String folded() {
    return folded.of(text);
  }

  Optional<BigDecimal> number() {
    return number.of(text);
  }

  Optional<Instant> moment() {
    return moment.of(text);
  }

  Optional<IpRange> address() {
    return address.of(text);
  }

  Optional<Boolean> flag() {
    return flag.of(text);
  }

  /** What it stands for if it is base 64. */
  Optional<byte[]> bytes() {
    return bytes.of(text);
  }
}

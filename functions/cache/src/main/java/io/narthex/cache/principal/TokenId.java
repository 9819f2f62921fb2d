package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of a token, which is no secret: the {@code login} of a netrc entry.
 *
 * @param value {@code nxt_} and 24 lower-case hexadecimal digits, so that it is one segment of a
 *     key whatever somebody sends
 */
public record TokenId(String value) {
  private static final String PREFIX = "nxt_";
  private static final int BYTES = 12;
  private static final int LENGTH = PREFIX.length() + 2 * BYTES;

  public TokenId {
    requireNonNull(value, "value is null");
    if (!isId(value)) {
      throw new IllegalArgumentException("not the id of a token");
    }
  }

  /** A new one. */
  static TokenId random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new TokenId(PREFIX + HexFormat.of().formatHex(bytes));
  }

  /** The id that a text is; empty if it is none. */
  public static Optional<TokenId> parse(String text) {
    return isId(text) ? Optional.of(new TokenId(text)) : Optional.empty();
  }

  private static boolean isId(String text) {
    return text.length() == LENGTH
        && text.startsWith(PREFIX)
        && text.chars().skip(PREFIX.length()).allMatch(TokenId::isDigit);
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return value;
  }
}

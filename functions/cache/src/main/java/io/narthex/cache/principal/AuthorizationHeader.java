package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.principal.Credentials.Absent;
import io.narthex.cache.principal.Credentials.Malformed;
import io.narthex.cache.principal.Credentials.Pair;
import io.narthex.cache.principal.Credentials.WebToken;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads the {@code Authorization} header: {@code Basic} with a token's id and secret, or with any
 * login and a web token as the password, for Nix sends nothing else; and {@code Bearer} with a web
 * token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617: Basic</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750: Bearer</a>
 */
public final class AuthorizationHeader {
  /** Of the whole value, in characters. */
  static final int MAX_LENGTH = 8192;

  private AuthorizationHeader() {}

  /** The web token in it, whatever that is worth; empty if it holds anything else. */
  public static Optional<String> webToken(Optional<String> header) {
    return read(header) instanceof WebToken token ? Optional.of(token.text()) : Optional.empty();
  }

  static Credentials read(Optional<String> header) {
    return header.map(AuthorizationHeader::read).orElseGet(Absent::new);
  }

  private static Credentials read(String value) {
    if (value.length() > MAX_LENGTH) {
      return new Malformed("credentials of more than 8 KB");
    }
    int space = value.indexOf(' ');
    if (space < 0) {
      return new Malformed("credentials without a scheme");
    }
    String scheme = value.substring(0, space);
    // More than one space is legal there, and nobody sends it.
    String rest = value.substring(space + 1);
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(rest);
    }
    return scheme.equalsIgnoreCase("Bearer")
        ? bearer(rest)
        : new Malformed("credentials of a scheme that is neither Basic nor Bearer");
  }

  private static Credentials bearer(String text) {
    return isWebToken(text) ? new WebToken(text) : new Malformed("a bearer token of nobody's");
  }

  private static Credentials basic(String base64) {
    Optional<String> pair = decode(base64);
    if (pair.isEmpty()) {
      return new Malformed("Basic credentials that are not UTF-8 in base64");
    }
    int colon = pair.get().indexOf(':');
    if (colon < 0 || pair.get().codePoints().anyMatch(Character::isISOControl)) {
      return new Malformed("Basic credentials that are no login and password");
    }
    String login = pair.get().substring(0, colon);
    String password = pair.get().substring(colon + 1);
    return isWebToken(password) && TokenId.parse(login).isEmpty()
        ? new WebToken(password)
        : new Pair(login, TokenSecret.of(password));
  }

  // One text for one value: with padding where RFC 4648 has it, and nothing in its last bits.
  private static Optional<String> decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Base64.getEncoder().encodeToString(bytes).equals(base64)
          ? Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isWebToken(String text) {
    return text.chars().filter(c -> c == '.').count() == 2
        && text.chars().allMatch(c -> c == '.' || WebTokenText.isBase64Url(c));
  }
}

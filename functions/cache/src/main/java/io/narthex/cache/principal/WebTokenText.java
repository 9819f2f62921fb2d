package io.narthex.cache.principal;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Takes a JSON Web Token apart, and refuses what has no business in one that is shown at our door:
 * above all every way by which a token would bring its own key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JSON Web Token Best Current
 *     Practices</a>
 */
final class WebTokenText {
  private static final List<String> NOT_IN_A_HEADER =
      List.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "cty", "zip", "enc", "epk", "p2c");

  private WebTokenText() {}

  /**
   * The token, of which nothing is proved yet.
   *
   * @throws MalformedJsonException saying what is wrong, without any of its text
   */
  static WebToken read(String text) throws MalformedJsonException {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      throw new MalformedJsonException("it is not signed");
    }
    JsonDocument header = document("header", parts[0]);
    for (String name : NOT_IN_A_HEADER) {
      if (header.has(name)) {
        throw new MalformedJsonException("its header has " + name);
      }
    }
    requireType(header);
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.named(header.text("alg"))
            .orElseThrow(() -> new MalformedJsonException("its algorithm is not one of ours"));
    Optional<String> keyId = header.optionalText("kid", id -> id);
    return new WebToken(text, algorithm, keyId, new Claims(document("payload", parts[1])));
  }

  // Tokens of other kinds, such as those that end a session, are signed by the same keys.
  private static void requireType(JsonDocument header) throws MalformedJsonException {
    Optional<String> type = header.optionalText("typ", name -> name);
    if (!type.map(name -> name.equalsIgnoreCase("JWT")).orElse(true)) {
      throw new MalformedJsonException("its type is not JWT");
    }
  }

  private static JsonDocument document(String what, String base64) throws MalformedJsonException {
    try {
      return JsonDocument.parse(decode(base64));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new MalformedJsonException("its " + what + " is not a JSON object in base64url");
    }
  }

  private static byte[] decode(String base64) {
    byte[] bytes = Base64.getUrlDecoder().decode(base64);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not as RFC 7515 has base64url");
    }
    return bytes;
  }

  static boolean isBase64Url(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}

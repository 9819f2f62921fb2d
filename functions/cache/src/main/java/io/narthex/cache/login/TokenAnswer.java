package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenSecret;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A token as whoever asked for it is told, once, as JSON: {@code id}, {@code secret}, {@code
 * principal}, {@code expires}.
 *
 * @param id the login of a netrc entry
 * @param secret its password
 * @param principal the ARN that policies see
 */
public record TokenAnswer(TokenId id, TokenSecret secret, String principal, Instant expires) {
  private static final String ID = "id";
  private static final String SECRET = "secret";
  private static final String PRINCIPAL = "principal";
  private static final String EXPIRES = "expires";

  public TokenAnswer {
    requireNonNull(id, "id is null");
    requireNonNull(secret, "secret is null");
    requireNonNull(principal, "principal is null");
    requireNonNull(expires, "expires is null");
  }

  /** What to tell of a token. */
  public static TokenAnswer of(IssuedToken issued) {
    return new TokenAnswer(
        issued.token().id(),
        issued.secret(),
        PrincipalText.of(issued.token().principal()),
        issued.token().expires());
  }

  /** Reads one. */
  public static TokenAnswer parse(byte[] json) throws MalformedJsonException {
    JsonDocument document = JsonDocument.parse(json);
    return new TokenAnswer(
        document.text(ID, TokenId::new),
        document.text(SECRET, TokenSecret::of),
        document.text(PRINCIPAL),
        document.text(EXPIRES, TokenAnswer::moment));
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a moment", e);
    }
  }

  /** Writes one, the secret included. */
  public byte[] write() {
    return JsonDocument.write(
        JsonDocument.object()
            .put(ID, id.value())
            .put(SECRET, secret.reveal())
            .put(PRINCIPAL, principal)
            .put(EXPIRES, expires.toString()));
  }
}

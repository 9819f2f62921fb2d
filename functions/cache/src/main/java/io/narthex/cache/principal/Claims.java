package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a web token says.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, registered claims</a>
 */
final class Claims {
  private final JsonDocument payload;

  Claims(JsonDocument payload) {
    this.payload = requireNonNull(payload, "payload is null");
  }

  String issuer() throws MalformedJsonException {
    return payload.text("iss");
  }

  String subject() throws MalformedJsonException {
    return payload.text("sub");
  }

  /** Whom it is for. */
  List<String> audience() {
    return values("aud");
  }

  /** A moment that it must name. */
  Instant moment(String claim) throws MalformedJsonException {
    try {
      return Instant.ofEpochSecond(payload.number(claim));
    } catch (DateTimeException e) {
      throw new MalformedJsonException(claim + ": not a time");
    }
  }

  /** A moment that it may name. */
  Optional<Instant> optionalMoment(String claim) throws MalformedJsonException {
    return payload.has(claim) ? Optional.of(moment(claim)) : Optional.empty();
  }

  /** The texts, numbers and booleans of a claim, one or an array of them; none of an object. */
  List<String> values(String claim) {
    return payload.scalars(claim);
  }
}

package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is posted to exchange a token, as JSON that may be absent: {@code expiresIn} in seconds. The
 * token itself is in the header.
 */
public record ExchangeRequest(Optional<Duration> life) {
  public ExchangeRequest {
    requireNonNull(life, "life is null");
  }

  /** Reads one; no bytes ask for nothing in particular. */
  public static ExchangeRequest parse(byte[] json) throws MalformedJsonException {
    return json.length == 0
        ? new ExchangeRequest(Optional.empty())
        : new ExchangeRequest(TokenLife.asked(JsonDocument.parse(json)));
  }

  /** Writes one. */
  public byte[] write() {
    ObjectNode json = JsonDocument.object();
    TokenLife.put(json, life);
    return JsonDocument.write(json);
  }
}

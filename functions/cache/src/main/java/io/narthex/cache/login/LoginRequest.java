package io.narthex.cache.login;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is posted to log in, as JSON: {@code url}, {@code audience} and, if one life is wanted,
 * {@code expiresIn} in seconds. It never prints its URL, which whoever has it can send too.
 *
 * @param url a presigned request to STS, if it is what it should be
 * @param audience the cache that its signature names
 */
public record LoginRequest(String url, Audience audience, Optional<Duration> life) {
  private static final String URL = "url";
  private static final String AUDIENCE = "audience";

  public LoginRequest {
    requireNonNull(url, "url is null");
    requireNonNull(audience, "audience is null");
    requireNonNull(life, "life is null");
  }

  /** Reads one. */
  public static LoginRequest parse(byte[] json) throws MalformedJsonException {
    JsonDocument document = JsonDocument.parse(json);
    return new LoginRequest(
        document.text(URL), document.text(AUDIENCE, Audience::new), TokenLife.asked(document));
  }

  /** Writes one. */
  public byte[] write() {
    ObjectNode json = JsonDocument.object().put(URL, url).put(AUDIENCE, audience.value());
    TokenLife.put(json, life);
    return JsonDocument.write(json);
  }

  @Override
  public String toString() {
    return "LoginRequest[audience=" + audience + "]";
  }
}

package io.narthex.cache.revocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;

/** The JSON form of a revocation: {@code {"reason": …, "at": …}}. */
final class RevocationJson {
  private RevocationJson() {}

  static ObjectNode write(Revocation revocation) {
    ObjectNode json = JsonDocument.object();
    json.put("reason", revocation.reason());
    json.put("at", revocation.at().toString());
    return json;
  }

  static Revocation read(JsonDocument json) throws MalformedJsonException {
    try {
      return new Revocation(json.text("reason"), json.text("at", RevocationJson::instant));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("revocation: " + e.getMessage());
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an ISO 8601 instant: " + text, e);
    }
  }
}

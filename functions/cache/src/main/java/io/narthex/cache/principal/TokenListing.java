package io.narthex.cache.principal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Tokens as operators see them, in JSON: {@code {"tokens": [{"id", "principal", "tags", "userId",
 * "origin", "issuer", "subject", "description", "created", "expires", "revoked", "state"}]}}. No
 * secrets, and nothing made of them.
 */
public final class TokenListing {
  private TokenListing() {}

  /** What they are worth is said for this moment. */
  public static String json(List<Token> tokens, Instant now) {
    ObjectNode json = JsonDocument.object();
    var array = json.putArray("tokens");
    tokens.forEach(token -> array.add(json(token, now)));
    return new String(JsonDocument.write(json), UTF_8);
  }

  private static ObjectNode json(Token token, Instant now) {
    ObjectNode json = JsonDocument.object();
    json.put("id", token.id().value());
    json.put("principal", PrincipalText.of(token.principal()));
    ObjectNode tags = json.putObject("tags");
    new TreeMap<>(token.tags().values()).forEach(tags::put);
    token.userId().ifPresent(id -> json.put("userId", id));
    putOrigin(json, token.origin());
    json.put("description", token.description());
    json.put("created", token.created().toString());
    json.put("expires", token.expires().toString());
    token.revoked().ifPresent(at -> json.put("revoked", at.toString()));
    return json.put("state", token.state(now).name().toLowerCase(Locale.ROOT));
  }

  private static void putOrigin(ObjectNode json, TokenOrigin origin) {
    switch (origin) {
      case TokenOrigin.Administrator _ -> json.put("origin", "administrator");
      case TokenOrigin.Login _ -> json.put("origin", "login");
      case TokenOrigin.Exchange(String issuer, String subject, Instant _) ->
          json.put("origin", "exchange").put("issuer", issuer).put("subject", subject);
    }
  }
}

package io.narthex.cache.principal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AssumedRole;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON form of a token, as {@code tokens/<id>.json} has it. Instants are ISO 8601. */
final class TokenJson {
  private TokenJson() {}

  static byte[] write(Token token) {
    ObjectNode json = JsonDocument.object();
    json.put("id", token.id().value());
    json.put("secretSha256", token.hash().hex());
    writePrincipal(json, token.principal());
    var tags = json.putArray("tags");
    new TreeMap<>(token.tags().values())
        .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    token.userId().ifPresent(id -> json.put("userId", id));
    json.set("origin", origin(token.origin()));
    json.put("description", token.description());
    json.put("created", token.created().toString());
    json.put("expires", token.expires().toString());
    token.revoked().ifPresent(at -> json.put("revoked", at.toString()));
    return JsonDocument.write(json);
  }

  static Token read(byte[] bytes) throws MalformedJsonException {
    JsonDocument json = JsonDocument.parse(bytes);
    try {
      return new Token(
          json.text("id", TokenId::new),
          json.text("secretSha256", SecretHash::new),
          readPrincipal(json),
          tags(json),
          json.optionalText("userId", text -> text),
          json.object("origin", TokenJson::readOrigin),
          json.text("description"),
          json.text("created", TokenJson::instant),
          json.text("expires", TokenJson::instant),
          json.optionalText("revoked", TokenJson::instant));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("token: " + e.getMessage());
    }
  }

  // The ARN of a session does not say its role's path.
  private static void writePrincipal(ObjectNode json, Principal principal) {
    json.put("principal", PrincipalText.of(principal));
    if (principal instanceof AssumedRole role
        && role.sessionArn().isPresent()
        && role.isPathKnown()) {
      json.put("role", role.roleArn());
    }
  }

  private static Principal readPrincipal(JsonDocument json) throws MalformedJsonException {
    Principal principal = json.text("principal", PrincipalText::parse);
    Optional<String> role = json.optionalText("role", text -> text);
    return role.<Principal>map(arn -> new AssumedRole(arn, PrincipalText.of(principal)))
        .orElse(principal);
  }

  private static SessionTags tags(JsonDocument json) throws MalformedJsonException {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, String> tag :
        json.objects("tags", t -> Map.entry(t.text("key"), t.text("value")))) {
      if (tags.put(tag.getKey(), tag.getValue()) != null) {
        throw new MalformedJsonException("tags: two of " + tag.getKey());
      }
    }
    return new SessionTags(tags);
  }

  private static ObjectNode origin(TokenOrigin origin) {
    ObjectNode json = JsonDocument.object();
    return switch (origin) {
      case TokenOrigin.Administrator _ -> json.put("by", "administrator");
      case TokenOrigin.Login _ -> json.put("by", "login");
      case TokenOrigin.Exchange(String issuer, String subject, Instant issued) ->
          json.put("by", "exchange")
              .put("issuer", issuer)
              .put("subject", subject)
              .put("issued", issued.toString());
    };
  }

  private static TokenOrigin readOrigin(JsonDocument json) throws MalformedJsonException {
    String by = json.text("by");
    return switch (by) {
      case "administrator" -> new TokenOrigin.Administrator();
      case "login" -> new TokenOrigin.Login();
      case "exchange" ->
          new TokenOrigin.Exchange(
              json.text("issuer"), json.text("subject"), json.text("issued", TokenJson::instant));
      default -> throw new MalformedJsonException("origin: by whom is not known: " + by);
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an ISO 8601 instant: " + text, e);
    }
  }
}

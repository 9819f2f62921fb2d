package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.operate.KnownCallers;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.MalformedPrincipalsException;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.http.LocalRoute;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is let in, under {@code /-/callers/}: {@code POST} to {@code create}, {@code list}, {@code
 * revoke}, {@code show} and {@code set}, each with a JSON object that holds the host's operator key
 * as {@code key}.
 */
final class CallerRoutes implements LocalRoute {
  /** Where these routes are. */
  static final String PREFIX = "/-/callers/";

  private final OperatorDoor door;
  private final KnownCallers callers;

  CallerRoutes(OperatorKey key, KnownCallers callers) {
    this.door = new OperatorDoor(key);
    this.callers = requireNonNull(callers, "callers is null");
  }

  @Override
  public LocalAnswer answer(LocalRequest request) {
    return door.answer(request, json -> answer(request.method() + " " + request.path(), json));
  }

  private LocalAnswer answer(String route, JsonDocument json)
      throws MalformedJsonException, MalformedPrincipalsException {
    return switch (route) {
      case "POST /-/callers/create" -> issued(callers.createToken(grant(json)));
      case "POST /-/callers/list" -> LocalAnswer.json(callers.listTokens());
      case "POST /-/callers/revoke" ->
          OperatorDoor.changed(callers.revokeToken(json.text("id", TokenId::new)));
      case "POST /-/callers/show" ->
          callers
              .principals()
              .map(LocalAnswer::json)
              .orElseGet(() -> LocalAnswer.text(404, "none"));
      case "POST /-/callers/set" -> {
        callers.setPrincipals(json.text("principals"));
        yield OperatorDoor.changed(true);
      }
      default -> LocalAnswer.text(404, "not found");
    };
  }

  private static TokenGrant grant(JsonDocument json) throws MalformedJsonException {
    Map<String, String> tags = new HashMap<>();
    for (Map.Entry<String, String> tag :
        json.objects("tags", t -> Map.entry(t.text("key"), t.text("value")))) {
      tags.put(tag.getKey(), tag.getValue());
    }
    return new TokenGrant(
        json.text("principal", PrincipalText::parse),
        new SessionTags(tags),
        json.optionalText("userId", text -> text),
        new TokenOrigin.Administrator(),
        json.text("description"),
        json.text("life", CallerRoutes::duration));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration: " + text, e);
    }
  }

  private static LocalAnswer issued(IssuedToken issued) {
    ObjectNode json = JsonDocument.object();
    json.put("login", issued.token().id().value());
    json.put("password", issued.secret().reveal());
    json.put("expires", issued.token().expires().toString());
    return LocalAnswer.json(new String(JsonDocument.write(json), UTF_8));
  }
}

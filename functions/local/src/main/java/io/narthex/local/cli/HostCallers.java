package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenSecret;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/**
 * At the door of the cache that {@code narthex up} runs, by its routes under {@code /-/callers/}.
 */
final class HostCallers implements CallerDesk {
  private static final String ROUTES = "/-/callers/";

  private final CacheClient client;
  private final RunningHost host;

  HostCallers(CacheClient client, RunningHost host) {
    this.client = requireNonNull(client, "client is null");
    this.host = requireNonNull(host, "host is null");
  }

  @Override
  public URI url() {
    return host.url();
  }

  @Override
  public NetrcLogin createToken(TokenGrant grant) {
    ObjectNode json = host.request();
    json.put("principal", PrincipalText.of(grant.principal()));
    var tags = json.putArray("tags");
    grant
        .tags()
        .values()
        .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    grant.userId().ifPresent(id -> json.put("userId", id));
    json.put("description", grant.description());
    json.put("life", grant.life().toString());
    try {
      JsonDocument issued =
          JsonDocument.parse(client.post(ROUTES + "create", json).getBytes(UTF_8));
      return new NetrcLogin(
          issued.text("login", TokenId::new),
          issued.text("password", TokenSecret::of),
          issued.text("expires", Instant::parse));
    } catch (MalformedJsonException e) {
      throw notUnderstood(e);
    }
  }

  @Override
  public String listTokens() {
    return client.post(ROUTES + "list", host.request());
  }

  @Override
  public boolean revokeToken(TokenId id) {
    ObjectNode json = host.request().put("id", id.value());
    try {
      return JsonDocument.parse(client.post(ROUTES + "revoke", json).getBytes(UTF_8))
          .flag("changed");
    } catch (MalformedJsonException e) {
      throw notUnderstood(e);
    }
  }

  @Override
  public Optional<String> principals() {
    HttpResponse<String> answer = client.send(ROUTES + "show", host.request());
    return switch (answer.statusCode()) {
      case 200 -> Optional.of(answer.body());
      case 404 -> Optional.empty();
      default -> throw new CannotException(answer.body().strip());
    };
  }

  @Override
  public void setPrincipals(String json) {
    var _ = client.post(ROUTES + "set", host.request().put("principals", json));
  }

  private static CannotException notUnderstood(MalformedJsonException e) {
    return new CannotException("the host answers something else: " + e.getMessage());
  }
}

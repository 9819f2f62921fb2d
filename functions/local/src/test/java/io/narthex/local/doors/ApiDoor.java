package io.narthex.local.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.aws.log.JsonLog;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.local.lambda.FunctionIdentity;
import io.narthex.local.lambda.InvocationContext;
import io.narthex.local.lambda.StandardOutput;
import io.narthex.policy.AccountId;
import io.narthex.serve.RequestLog;
import io.narthex.serve.ServeConfig;
import io.narthex.serve.ServeHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The serving function, asked by events of an HTTP API. */
final class ApiDoor {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ServeHandler handler;
  private final Function<Person, String> authorizations;

  private ApiDoor(ServeHandler handler, Function<Person, String> authorizations) {
    this.handler = handler;
    this.authorizations = authorizations;
  }

  static ApiDoor of(Map<String, String> environment, Function<Person, String> authorizations) {
    return new ApiDoor(
        new ServeHandler(
            ServeConfig.from(environment),
            new RequestLog(new JsonLog(_ -> {}, Optional.empty(), Clock.systemUTC()))),
        authorizations);
  }

  /** A token as the header that Nix makes of its netrc line. */
  static String basic(IssuedToken token) {
    String pair = token.token().id() + ":" + token.secret().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** Whether it lets somebody read; nobody in particular without a person. */
  boolean allows(Optional<Person> person, String key) {
    String authorization =
        person
            .map(authorizations)
            .map(header -> ",\"authorization\":\"" + header + "\"")
            .orElse("");
    String event =
        """
        {"version":"2.0","rawPath":"/%s","rawQueryString":"","headers":{"x-forwarded-proto":"http"%s},
        "requestContext":{"http":{"method":"HEAD","sourceIp":"127.0.0.1"}}}
        """
            .formatted(key, authorization);
    int status = status(event);
    if (status != 200 && status != 403 && status != 404) {
      throw new IllegalStateException("status " + status + " for " + key);
    }
    return status == 200;
  }

  private int status(String event) {
    var reply = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, context());
      JsonNode answer = JSON.readTree(reply.toByteArray());
      return answer.get("statusCode").asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InvocationContext context() {
    return new InvocationContext(
        new FunctionIdentity(
            "serve", "us-east-1", new AccountId(Person.ACCOUNT), Duration.ofSeconds(30), 512),
        "request",
        new StandardOutput(),
        Clock.systemUTC());
  }
}

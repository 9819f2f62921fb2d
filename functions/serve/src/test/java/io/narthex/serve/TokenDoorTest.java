package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.http.HttpReply;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.StsAnswer;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.StsUnavailableException;
import io.narthex.cache.login.TokenExchange;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.OidcCallers;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.Tokens;
import io.narthex.policy.Principal;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenDoorTest {
  private static final String URL =
      "https://sts.eu-west-2.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
          + "AKIAIOSFODNN7EXAMPLE%2F20261101%2Feu-west-2%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261101T120000Z&X-Amz-Expires=60"
          + "&X-Amz-SignedHeaders=host%3Bx-narthex-audience&X-Amz-Signature="
          + "0123456789abcdef".repeat(4);
  private static final String GOOD_URL = login(URL, "cache.example.org");
  private static final String ARN = "arn:aws:iam::111122223333:user/anna";

  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);
  private final List<String> lines = new ArrayList<>();
  private StsAnswer answer = new StsAnswer.CallerIdentity("111122223333", ARN, "AIDAEXAMPLE");
  private boolean isUp = true;
  private boolean hasSts = true;

  private static String login(String url, String audience) {
    return "{\"url\":\"%s\",\"audience\":\"%s\"}".formatted(url, audience);
  }

  private TokenDoor door(Optional<URI> url) {
    var admittance = new Admittance("111122223333", () -> PrincipalSettings.NONE);
    var tokens = new Tokens(state, admittance, clock);
    return new TokenDoor(
        hasSts
            ? Optional.of(
                new Login((_, _) -> ask(), StsHosts.aws("aws"), admittance, tokens, clock))
            : Optional.empty(),
        new TokenExchange(this::identify, tokens),
        url);
  }

  private StsAnswer ask() {
    if (!isUp) {
      throw new StsUnavailableException("it is down");
    }
    return answer;
  }

  private OidcCallers.Outcome identify(String webToken) {
    return webToken.equals("good.web.token")
        ? new OidcCallers.Known(
            new Identity(
                new Principal.IamUser(ARN),
                Map.of("team", "infra"),
                Optional.of("AIDAEXAMPLE"),
                Optional.of(clock.instant())),
            "https://issuer.example",
            "repo:org/repo",
            clock.instant().minus(Duration.ofMinutes(4)),
            clock.instant().plus(Duration.ofMinutes(1)))
        : new OidcCallers.Unknown("of nobody");
  }

  private String call(String method, String path, Map<String, String> headers, String body)
      throws IOException, MalformedEventException {
    var event = new StringWriter();
    try (var json = new JsonFactory().createGenerator(event)) {
      json.writeStartObject();
      json.writeStringField("rawPath", path);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("requestContext");
      json.writeStringField("domainName", "cache.example.org");
      json.writeObjectFieldStart("http");
      json.writeStringField("method", method);
      json.writeEndObject();
      json.writeEndObject();
      json.writeStringField("body", body);
      json.writeEndObject();
    }
    var call = HttpCallReader.read(new ByteArrayInputStream(event.toString().getBytes(UTF_8)));
    var log = new RequestLog(new JsonLog(lines::add, Optional.empty(), Clock.systemUTC()));
    return text(door(Optional.empty()).answer(call, log, "r").orElseThrow());
  }

  private static String text(HttpReply reply) throws IOException {
    var out = new ByteArrayOutputStream();
    reply.write(out);
    return out.toString(UTF_8);
  }

  private String post(String path, String body) throws IOException, MalformedEventException {
    return call("POST", path, Map.of("content-type", "application/json"), body);
  }

  private String exchange(String authorization) throws IOException, MalformedEventException {
    return call(
        "POST",
        "/api/v1/token",
        Map.of("content-type", "application/json", "authorization", authorization),
        "");
  }

  @Test
  void givesATokenToWhomStsKnows() throws IOException, MalformedEventException {
    assertThat(post("/api/v1/login", GOOD_URL))
        .contains("\"statusCode\":200", "nxt_", "nxs_", ARN, "no-store");
    assertThat(state.listAll("tokens/")).hasSize(1);
    assertThat(lines).singleElement().asString().contains("nxt_", ARN).doesNotContain("nxs_");
  }

  @Test
  void saysThatStsDoesNotAnswer() throws IOException, MalformedEventException {
    isUp = false;
    assertThat(post("/api/v1/login", GOOD_URL)).contains("\"statusCode\":503", "Retry-After");
    assertThat(lines).singleElement().asString().contains("it is down").doesNotContain("X-Amz");
  }

  @Test
  void saysThatThereIsNoStsAndExchangesAllTheSame() throws IOException, MalformedEventException {
    hasSts = false;
    assertThat(post("/api/v1/login", GOOD_URL))
        .contains("\"statusCode\":501", "no STS", "narthex token create", "no-store");
    assertThat(state.listAll("tokens/")).isEmpty();
    assertThat(exchange("Bearer good.web.token")).contains("\"statusCode\":200", "nxs_", ARN);
  }

  @Test
  void refusesWhomStsDoesNotKnow() throws IOException, MalformedEventException {
    answer = new StsAnswer.Denied("InvalidClientTokenId");
    assertThat(post("/api/v1/login", GOOD_URL))
        .contains("\"statusCode\":401", "InvalidClientTokenId");
  }

  @Test
  void refusesWhoIsOfAnAccountThatIsNotLetIn() throws IOException, MalformedEventException {
    answer =
        new StsAnswer.CallerIdentity("444455556666", "arn:aws:iam::444455556666:user/m", "AIDAX");
    assertThat(post("/api/v1/login", GOOD_URL)).contains("\"statusCode\":403", "444455556666");
  }

  @Test
  void refusesALoginForAnotherCache() throws IOException, MalformedEventException {
    assertThat(post("/api/v1/login", login(URL, "other.example.org")))
        .contains("\"statusCode\":403", "cache.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "{}",
    "not JSON",
    "[]",
    "''",
    "'{\"url\":7,\"audience\":\"cache.example.org\"}'",
    "'{\"url\":\"https://evil.example/?x\",\"audience\":\"cache.example.org\"}'",
    "'{\"url\":\"x\",\"url\":\"y\",\"audience\":\"cache.example.org\"}'",
    "'{\"url\":\"x\",\"audience\":\"cache.example.org\",\"expiresIn\":0}'",
    "'{\"url\":\"x\",\"audience\":\"a\\r\\nb\"}'",
  })
  void refusesWhatIsNoLogin(String body) throws IOException, MalformedEventException {
    assertThat(post("/api/v1/login", body)).contains("\"statusCode\":400");
    assertThat(state.listAll("tokens/")).isEmpty();
  }

  @Test
  void exchangesTheTokenOfAnIssuer() throws IOException, MalformedEventException {
    assertThat(exchange("Bearer good.web.token")).contains("\"statusCode\":200", "nxs_", ARN);
    assertThat(exchange("Basic eDpnb29kLndlYi50b2tlbg==")).contains("\"statusCode\":200");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer bad.web.token",
    "Bearer nxs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "Basic bnh0XzEyMzQ6bnhzX0FB",
    "Digest good.web.token",
    "'Bearer good.web.token,Bearer good.web.token'",
    "Bearer",
    "''",
  })
  void exchangesNothingElse(String authorization) throws IOException, MalformedEventException {
    assertThat(exchange(authorization)).contains("\"statusCode\":401", "WWW-Authenticate");
    assertThat(state.listAll("tokens/")).isEmpty();
  }

  @Test
  void takesOnlyPosts() throws IOException, MalformedEventException {
    assertThat(call("GET", "/api/v1/login", Map.of(), "")).contains("\"statusCode\":405", "POST");
  }

  @Test
  void takesOnlyJson() throws IOException, MalformedEventException {
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");
    assertThat(call("POST", "/api/v1/login", form, GOOD_URL)).contains("\"statusCode\":415");
    assertThat(call("POST", "/api/v1/login", Map.of(), GOOD_URL)).contains("\"statusCode\":415");
  }

  @Test
  void takesNoMoreThanEightKilobytes() throws IOException, MalformedEventException {
    assertThat(post("/api/v1/login", " ".repeat(9000))).contains("\"statusCode\":413");
  }

  @Test
  void leavesOtherPathsToOthers() throws MalformedEventException {
    var event =
        "{\"rawPath\":\"/nix-cache-info\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}";
    var call = HttpCallReader.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
    var log = new RequestLog(new JsonLog(lines::add, Optional.empty(), Clock.systemUTC()));
    assertThat(door(Optional.empty()).answer(call, log, "r")).isEmpty();
  }
}

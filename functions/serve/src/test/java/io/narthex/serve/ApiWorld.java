package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import io.narthex.aws.log.JsonLog;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.login.Login;
import io.narthex.cache.login.StsAnswer;
import io.narthex.cache.login.StsHosts;
import io.narthex.cache.login.TokenExchange;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.OidcCallers;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.settings.Settings;
import io.narthex.nix.path.StorePath;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import io.narthex.testkit.VerifiedMemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A public cache with a few verified paths, one that waits, and an index; asked as by API Gateway.
 */
final class ApiWorld {
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
         "Resource":"arn:aws:s3:::example-nix-cache/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}},
        {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket",
         "Resource":"arn:aws:s3:::example-nix-cache"}]}
      """;
  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final String ARN = "arn:aws:iam::111122223333:user/anna";

  final SamplePath library;
  final SamplePath program;
  final StorePath waiting;
  private final MemoryCache cache;
  private final ServeHandler handler;

  ApiWorld() {
    var store = new SampleStore(5);
    cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    library = store.withDebugInfo("library-1.0", "debug");
    program = store.path("program-1.0", library.storePath());
    StorePath absent = store.storePath("absent-1.0");
    SamplePath waits = store.path("waiting-1.0", absent);
    waiting = waits.storePath();
    List.of(library, program, waits).forEach(path -> path.uploadTo(cache.cache()));
    cache.drain();
    new Rebuild(cache.cache(), cache.state(), new Retries(_ -> {}, _ -> 0), cache.clock())
        .run((_, _, _) -> {});
    ServeParts parts = parts();
    handler =
        new ServeHandler(
            _ -> parts, new RequestLog(new JsonLog(_ -> {}, Optional.empty(), Clock.systemUTC())));
  }

  private ServeParts parts() {
    Settings settings = Settings.trusting(List.of());
    PolicyInForce policy = policy();
    var ports =
        new ReadPorts(
            new VerifiedMemoryStore(cache.cache()),
            cache.state(),
            () -> policy,
            () -> settings,
            cache.clock(),
            _ -> {},
            Optional.empty());
    return new ServeParts(
        _ -> Authenticated.NOBODY,
        ports,
        new CacheBucket("arn:aws:s3:::example-nix-cache", ACCOUNT),
        tokens());
  }

  private static PolicyInForce policy() {
    try {
      return PolicyInForce.of(PolicyDocument.parse(POLICY));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  private TokenDoor tokens() {
    var admittance = new Admittance(ACCOUNT.digits(), () -> PrincipalSettings.NONE);
    var tokens = new Tokens(cache.state(), admittance, cache.clock());
    var login =
        new Login(
            (_, _) -> new StsAnswer.CallerIdentity(ACCOUNT.digits(), ARN, "AIDAEXAMPLE"),
            StsHosts.aws("aws"),
            admittance,
            tokens,
            cache.clock());
    var exchange = new TokenExchange(_ -> known(), tokens);
    return new TokenDoor(
        Optional.of(login), exchange, Optional.of(URI.create("https://cache.example.org")));
  }

  private OidcCallers.Outcome known() {
    return new OidcCallers.Known(
        new Identity(new Principal.IamUser(ARN), Map.of(), Optional.empty(), Optional.empty()),
        "https://issuer.example",
        "repo:org/repo",
        cache.clock().instant().minusSeconds(60),
        cache.clock().instant().plusSeconds(60));
  }

  /** The reply to a request, as JSON. */
  Object ask(String method, String path, String query, String body) {
    var reply = new ByteArrayOutputStream();
    try {
      byte[] event = event(method, path, query, body).getBytes(UTF_8);
      handler.handleRequest(new ByteArrayInputStream(event), reply, new SampleContext());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.parse(reply.toString(UTF_8));
  }

  private static String event(String method, String path, String query, String body)
      throws IOException {
    var event = new StringWriter();
    try (var json = new JsonFactory().createGenerator(event)) {
      json.writeStartObject();
      json.writeStringField("rawPath", path);
      json.writeStringField("rawQueryString", query);
      json.writeObjectFieldStart("headers");
      json.writeStringField("content-type", "application/json");
      json.writeStringField("authorization", "Bearer good.web.token");
      json.writeEndObject();
      json.writeObjectFieldStart("requestContext");
      json.writeStringField("domainName", "cache.example.org");
      json.writeObjectFieldStart("http");
      json.writeStringField("method", method);
      json.writeStringField("sourceIp", "198.51.100.7");
      json.writeEndObject();
      json.writeEndObject();
      if (!body.isEmpty()) {
        json.writeStringField("body", body);
      }
      json.writeEndObject();
    }
    return event.toString();
  }
}

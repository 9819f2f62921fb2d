package io.narthex.aws.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.ClaimPattern;
import io.narthex.cache.principal.IssuerMapping;
import io.narthex.cache.principal.IssuerUrl;
import io.narthex.cache.principal.OidcCallers;
import io.narthex.cache.principal.OidcIssuer;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OIDC issuer on this machine, and a door that takes its tokens. */
final class LoopbackIssuer implements AutoCloseable {
  static final String AUDIENCE = "https://cache.example.org";
  private static final String ACCOUNT = "111122223333";

  final MovableClock clock = new MovableClock();
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String metadata;
  private volatile String keys = "{\"keys\":[]}";
  private volatile int status = 200;
  private volatile Optional<String> location = Optional.empty();

  private final Semaphore arrived = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  LoopbackIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    metadata = metadata(url(), url() + "/keys");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  static String metadata(String issuer, String keys) {
    return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, keys);
  }

  void says(String newMetadata) {
    metadata = newMetadata;
  }

  void has(SigningKeys.Key... newKeys) {
    hasKeys(Stream.of(newKeys).map(SigningKeys.Key::jwk).collect(Collectors.joining(",")));
  }

  void hasKeys(String jwks) {
    keys = "{\"keys\":[" + jwks + "]}";
  }

  void answers(int newStatus) {
    status = newStatus;
  }

  void redirects(String to) {
    status = 302;
    location = Optional.of(to);
  }

  /** From now on it answers nobody until it is released. */
  void holds() {
    arrived.drainPermits();
    gate = new CountDownLatch(1);
  }

  void releases() {
    gate.countDown();
  }

  /** Waits for the next request to be there. */
  void awaitRequest() throws InterruptedException {
    assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      arrived.release();
      gate.await();
      location.ifPresent(to -> exchange.getResponseHeaders().add("Location", to));
      byte[] body =
          (path.equals("/.well-known/openid-configuration") ? metadata : keys).getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Claims of one that is let in. */
  String claims() {
    return claims(url());
  }

  String claims(String issuer) {
    long now = clock.instant().getEpochSecond();
    return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"repo:acme/site\",\"iat\":%d,\"exp\":%d}"
        .formatted(issuer, AUDIENCE, now, now + 300);
  }

  OidcCallers callers(LoopbackIssuers loopback) {
    var mapping =
        new IssuerMapping(
            Map.of("sub", List.of(new ClaimPattern("repo:acme/*"))),
            PrincipalText.parse("arn:aws:iam::" + ACCOUNT + ":role/ci"),
            Map.of(),
            Optional.empty());
    var issuer =
        new OidcIssuer(
            new IssuerUrl(url()),
            Set.of(AUDIENCE),
            OidcIssuer.DEFAULT_MAX_AGE,
            Set.of(),
            List.of(mapping));
    var settings = new PrincipalSettings(Map.of(), Set.of(), List.of(issuer));
    return new OidcCallers(
        new JoseSignatures(loopback, Duration.ofSeconds(2), clock),
        () -> settings,
        new Admittance(ACCOUNT, () -> settings),
        clock);
  }

  OidcCallers callers() {
    return callers(LoopbackIssuers.ASKED);
  }

  @Override
  public void close() {
    releases();
    server.stop(0);
  }
}

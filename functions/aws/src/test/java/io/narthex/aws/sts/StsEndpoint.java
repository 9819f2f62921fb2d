package io.narthex.aws.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stands in for STS on loopback: it checks signatures as AWS does, or answers what a test says. */
public final class StsEndpoint implements AutoCloseable {
  public static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  public static final String ARN = "arn:aws:sts::111122223333:assumed-role/ci/run-7";

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String arn = ARN;

  private StsEndpoint(HttpServer server) {
    this.server = server;
  }

  /** One that knows one caller. */
  public static StsEndpoint start() {
    return start(_ -> {});
  }

  /** One whose answer a test takes over by sending it. */
  public static StsEndpoint start(Consumer<HttpExchange> first) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var endpoint = new StsEndpoint(server);
      server.createContext("/", exchange -> endpoint.answer(exchange, first));
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the caller another. */
  public StsEndpoint knowing(String other) {
    arn = other;
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange, Consumer<HttpExchange> first) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      first.accept(exchange);
      if (exchange.getResponseCode() < 0) {
        boolean isGood = isSigned(exchange);
        send(exchange, isGood ? 200 : 403, isGood ? identity() : error("SignatureDoesNotMatch"));
      }
    }
  }

  /** Sends a whole answer. */
  public static void send(HttpExchange exchange, int status, String body) {
    try {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String error(String code) {
    return """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
        <Type>Sender</Type><Code>%s</Code><Message>no</Message></Error>
        <RequestId>r</RequestId></ErrorResponse>
        """
        .formatted(code);
  }

  public String identity() {
    return """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>%s</Arn>
            <UserId>AROAEXAMPLE:run-7</UserId>
            <Account>%s</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
        </GetCallerIdentityResponse>
        """
        .formatted(arn, arn.split(":", -1)[4]);
  }

  private static boolean isSigned(HttpExchange exchange) {
    Map<String, String> query =
        Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    String headers =
        "host:%s\nx-narthex-audience:%s\n"
            .formatted(
                exchange.getRequestHeaders().getFirst("Host"),
                exchange.getRequestHeaders().getFirst("x-narthex-audience"));
    String[] scope = String.valueOf(query.get("X-Amz-Credential")).split("%2F");
    String canonical =
        String.join(
            "\n",
            "GET",
            "/",
            canonicalQuery(query),
            headers,
            "host;x-narthex-audience",
            hex(sha256("")));
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            query.get("X-Amz-Date"),
            String.join("/", scope[1], scope[2], scope[3], scope[4]),
            hex(sha256(canonical)));
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (int i = 1; i < scope.length; i++) {
      key = hmac(key, scope[i]);
    }
    return scope[0].equals(KEY_ID) && hex(hmac(key, toSign)).equals(query.get("X-Amz-Signature"));
  }

  private static String canonicalQuery(Map<String, String> query) {
    return query.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("X-Amz-Signature"))
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("&"));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

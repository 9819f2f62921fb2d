package io.narthex.aws.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * KMS and Secrets Manager as far as we ask them, on the wire: JSON 1.1 over HTTP, answered as their
 * API references show it. It takes only requests that are signed for the service they go to.
 */
final class KeyEndpoint implements AutoCloseable {
  static final String REGION = "eu-west-2";

  private final HttpServer server;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request: {@code TrentService.Sign} and its texts. */
  record Asked(String target, Map<String, String> fields) {}

  /** Answers with a JSON object. */
  @FunctionalInterface
  interface Operation {
    String answer(Map<String, String> fields) throws Refusal;
  }

  /** What AWS answers with 400. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String type, String message) {
      super(json(type, message));
    }

    private static String json(String type, String message) {
      return "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message);
    }
  }

  KeyEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers one operation from now on. */
  void on(String target, Operation operation) {
    operations.put(target, operation);
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  KmsClient kms() {
    return at(KmsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
  }

  SecretsManagerClient secretsManager() {
    return at(SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
        .build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
    return builder
        .region(Region.of(REGION))
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
  }

  private void handle(HttpExchange exchange) throws IOException {
    int status = 200;
    String answer;
    try {
      answer = answer(exchange);
    } catch (Refusal refusal) {
      status = 400;
      answer = String.valueOf(refusal.getMessage());
    } catch (AssertionError e) {
      status = 400;
      answer = Refusal.json("ValidationException", "not as documented");
    }
    byte[] body = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String answer(HttpExchange exchange) throws IOException, Refusal {
    String target = header(exchange, "X-Amz-Target");
    String service = target.startsWith("TrentService.") ? "kms" : "secretsmanager";
    assertThat(exchange.getRequestMethod()).isEqualTo("POST");
    assertThat(exchange.getRequestURI()).hasToString("/");
    assertThat(header(exchange, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(header(exchange, "Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/" + REGION + "/" + service + "/aws4_request");
    Map<String, String> fields = texts(exchange.getRequestBody().readAllBytes());
    asked.add(new Asked(target, fields));
    return Optional.ofNullable(operations.get(target))
        .orElseThrow(() -> new Refusal("AccessDeniedException", target + " is not allowed"))
        .answer(fields);
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  /** The fields of an object that holds nothing but texts. */
  private static Map<String, String> texts(byte[] json) {
    var texts = new LinkedHashMap<String, String>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        texts.put(parser.currentName(), String.valueOf(parser.nextTextValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The names of what was asked, in its order. */
  List<String> targets() {
    var targets = new ArrayList<String>();
    asked.forEach(one -> targets.add(one.target()));
    return targets;
  }
}

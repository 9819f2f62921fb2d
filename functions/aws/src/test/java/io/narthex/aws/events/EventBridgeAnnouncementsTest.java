package io.narthex.aws.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.announce.Announcement;
import io.narthex.cache.announce.Announcement.Kind;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** What the SDK puts on the wire, and what is made of the answers. */
class EventBridgeAnnouncementsTest {
  private final List<String> targets = Collections.synchronizedList(new ArrayList<>());
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private HttpServer bus;
  private EventBridgeClient client;
  private String answer = "{\"FailedEntryCount\":0,\"Entries\":[]}";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    bus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bus.createContext("/", this::answer);
    bus.start();
    client =
        EventBridgeClient.builder()
            .region(Region.EU_WEST_2)
            .endpointOverride(URI.create("http://127.0.0.1:" + bus.getAddress().getPort()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    bus.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      targets.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void tell(int count) {
    new EventBridgeAnnouncements(client, "default", "example-nix-cache")
        .tell(IntStream.range(0, count).mapToObj(EventBridgeAnnouncementsTest::news).toList());
  }

  private static Announcement news(int number) {
    String hash = "0123456789abcdfghijklmnpqrs%05d".formatted(number);
    return new Announcement(
        Kind.PATH_REJECTED,
        new StorePathHash(hash),
        Optional.of("/nix/store/" + hash + "-a"),
        new ObjectKey(hash + ".narinfo"),
        "v" + number,
        List.of(CheckName.NAR_HASH));
  }

  @Test
  void putsOneEventForEachVerdict() throws IOException {
    tell(1);
    assertThat(targets).containsExactly("AWSEvents.PutEvents");
    JsonNode entry = JsonMapper.builder().build().readTree(bodies.getFirst()).at("/Entries/0");
    assertThat(entry.get("EventBusName").textValue()).isEqualTo("default");
    assertThat(entry.get("Source").textValue()).isEqualTo("narthex");
    assertThat(entry.get("DetailType").textValue()).isEqualTo("PathRejected");
    assertThat(entry.get("Detail").textValue()).contains("\"versionId\":\"v0\"");
  }

  @Test
  void putsNoMoreThanTenInARequest() throws IOException {
    tell(21);
    var sizes = new ArrayList<Integer>();
    for (String body : bodies) {
      sizes.add(JsonMapper.builder().build().readTree(body).get("Entries").size());
    }
    assertThat(sizes).containsExactly(10, 10, 1);
  }

  @Test
  void failsWhenTheBusTakesOnlySome() {
    answer =
        "{\"FailedEntryCount\":1,\"Entries\":[{\"EventId\":\"1\"},{\"ErrorCode\":\"Throttled\"}]}";
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> tell(2))
        .withMessageContaining("did not take");
  }

  @Test
  void failsWhenTheRequestIsRefused() {
    status = 400;
    answer = "{\"__type\":\"AccessDeniedException\",\"Message\":\"not authorized\"}";
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> tell(1))
        .withMessageContaining("PutEvents")
        .havingCause()
        .withMessageContaining("not authorized");
  }
}

package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final String SECRET = "a-secret-of-twenty-four";
  private static final String FROM_MINIO =
      "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"cache\"},\"object\":{\"key\":\"a\"}}}]}";
  private static final String FROM_CEPH =
      FROM_MINIO.replace("{\"s3\"", "{\"opaqueData\":\"" + SECRET + "\",\"s3\"");

  private final List<ObjectKey> queued = new ArrayList<>();
  private final Webhook webhook =
      Webhook.start(
          WebhookConfig.parse("127.0.0.1:0", new WebhookSecret(SECRET + "\n")),
          "cache",
          keys -> {
            if (keys.contains(new ObjectKey("full"))) {
              throw new StoreException("the disk is full");
            }
            queued.addAll(keys);
          });
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    webhook.close();
  }

  private int post(String body, String... headers) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(webhook.url()).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void takesTheSecretAsMinioSendsIt() throws IOException, InterruptedException {
    assertThat(post(FROM_MINIO, "Authorization", "Bearer " + SECRET)).isEqualTo(200);
    assertThat(post(FROM_MINIO, "Authorization", SECRET)).isEqualTo(200);
    assertThat(queued).containsExactly(new ObjectKey("a"), new ObjectKey("a"));
  }

  @Test
  void takesTheSecretAsCephSendsIt() throws IOException, InterruptedException {
    assertThat(post(FROM_CEPH)).isEqualTo(200);
    assertThat(queued).containsExactly(new ObjectKey("a"));
  }

  @Test
  void refusesWhoDoesNotKnowTheSecret() throws IOException, InterruptedException {
    assertThat(post(FROM_MINIO)).isEqualTo(401);
    assertThat(post(FROM_CEPH.replace(SECRET, SECRET + "x"))).isEqualTo(401);
    assertThat(post(FROM_CEPH, "Authorization", "Bearer wrong")).isEqualTo(401);
    assertThat(post("no json")).isEqualTo(401);
    assertThat(queued).isEmpty();
  }

  @Test
  void refusesWhatIsNoNotification() throws IOException, InterruptedException {
    assertThat(post("{}", "Authorization", SECRET)).isEqualTo(400);
    assertThat(post("x".repeat((1 << 20) + 1), "Authorization", SECRET)).isEqualTo(413);
  }

  @Test
  void endsTheConnectionWithItsAnswer() throws IOException {
    try (var socket = new Socket("127.0.0.1", webhook.url().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("HEAD /events HTTP/1.1\r\nHost: narthex\r\n\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).contains(" 200 ");
    }
  }

  @Test
  void acknowledgesNothingThatIsNotQueued() throws IOException, InterruptedException {
    assertThat(post(FROM_CEPH.replace("\"a\"", "\"full\""))).isEqualTo(500);
  }
}

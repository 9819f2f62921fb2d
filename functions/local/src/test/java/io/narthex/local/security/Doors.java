package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.local.host.HostOptions;
import io.narthex.local.host.LocalHost;
import io.narthex.local.host.OutcomeView;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A host with both doors open: the S3 endpoint, and the HTTP front that Nix reads from. */
final class Doors implements AutoCloseable {
  static final String BUCKET = "example-nix-cache";
  private static final String REGION = "us-east-1";
  private static final int TURNS = 1200;
  private static final Duration TURN = Duration.ofMillis(100);

  final SampleStore store = new SampleStore(20261123);
  final S3Client uploader;
  private final LocalHost host;
  private final Properties keys;
  private final HttpClient http = HttpClient.newHttpClient();

  private Doors(Path directory) {
    host = LocalHost.start(options(directory), new Silence());
    keys = keys(directory);
    uploader = S3Clients.client(access("upload"));
  }

  static Doors open(Path directory) {
    return new Doors(directory);
  }

  private HostOptions options(Path directory) {
    return new HostOptions(
        directory,
        BUCKET,
        0,
        0,
        List.of(store.publicKey()),
        1,
        ClosureMode.STRICT,
        UndeclaredMode.WARN,
        List.of(),
        Duration.ZERO);
  }

  private static Properties keys(Path directory) {
    var keys = new Properties();
    try (var in = Files.newBufferedReader(directory.resolve("access-keys.properties"))) {
      keys.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  /** As whom a principal of the host speaks to S3, e.g. {@code serve}. */
  S3Access access(String principal) {
    var key =
        new StaticCredentials(
            keys.getProperty(principal + ".id"), keys.getProperty(principal + ".secret"));
    return new S3Access(REGION, Optional.of(host.s3Endpoint()), Optional.of(key));
  }

  /** Puts an object as the uploader. */
  void put(String key, byte[] bytes) {
    uploader.putObject(p -> p.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  /** Uploads a path as clients do, and waits until it is judged. */
  void upload(SamplePath path) {
    put(path.narKey(), path.file());
    put(path.narInfoKey(), path.narInfoBytes());
    settle();
  }

  /** Waits until no event is in flight. */
  void settle() {
    for (int turn = 0; turn < TURNS; turn++) {
      if (front("/-/status").body().contains("\"inFlight\":0")) {
        return;
      }
      pause();
    }
    throw new AssertionError("events stay in flight: " + front("/-/status").body());
  }

  private static void pause() {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A GET at the HTTP front; redirects are not followed. */
  HttpResponse<String> front(String pathAndQuery) {
    return send(HttpRequest.newBuilder(URI.create(host.url() + pathAndQuery)));
  }

  /** A GET of a key at the S3 endpoint, by nobody in particular. */
  HttpResponse<String> bucket(String keyAndQuery) {
    return send(HttpRequest.newBuilder(URI.create(s3() + "/" + BUCKET + "/" + keyAndQuery)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  URI s3() {
    return host.s3Endpoint();
  }

  URI url() {
    return host.url();
  }

  /** The status that answers a request which no client library would send. */
  static int raw(URI door, String request) {
    try (var socket = new Socket(door.getHost(), door.getPort())) {
      socket.setSoTimeout(60_000);
      var writer = Thread.ofVirtual().start(() -> write(socket, request));
      String line = line(socket.getInputStream()).strip();
      writer.interrupt();
      assertThat(line).matches("HTTP/1\\.[01] \\d{3}.*");
      return Integer.parseInt(line.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Socket socket, String request) {
    try {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // Whoever is refused early may find the door closed while it still talks.
      return;
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /** Asserts that nobody in particular reads a key at either door. */
  void assertUnreadable(String key) {
    assertThat(front("/" + key).statusCode()).as("front %s", key).isBetween(400, 499);
    assertThat(bucket(key).statusCode()).as("bucket %s", key).isBetween(400, 499);
  }

  @Override
  public void close() {
    uploader.close();
    http.close();
    host.close();
  }

  private static final class Silence implements OutcomeView {
    @Override
    public void show(Outcome outcome, long elapsedMs) {}

    @Override
    public void showFailure(String reason) {}
  }
}

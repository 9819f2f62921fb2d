package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.TrustMode;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.local.host.HostOptions;
import io.narthex.local.host.LocalHost;
import io.narthex.local.http.HostNames;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A whole cache on this machine with both its doors, and the clients of those who are let in. */
final class RunningCache implements AutoCloseable {
  static final String BUCKET = "example-nix-cache";
  static final String STATE = BUCKET + "-state";

  /** As whom the holder of {@link #token} is let in. */
  static final String ROLE = "arn:aws:iam::123456789012:role/reader";

  private static final int WORKERS = 4;
  private static final Pattern IN_FLIGHT = Pattern.compile("\"inFlight\":(\\d+)");

  /** Signs by a key that the cache trusts. */
  final SampleStore store = new SampleStore(1);

  final Door front;
  final Door s3;

  /** Whoever uploads. */
  final S3Client uploader;

  /** Whoever may see everything: the verifying function. */
  final S3Client validate;

  private final HeldVerdicts verdicts = new HeldVerdicts();
  private final LocalHost host;
  private final Properties keys;
  private final Path data;

  private RunningCache(Path data, HostNames names) {
    this.data = data;
    host =
        LocalHost.start(
            new HostOptions(
                data,
                BUCKET,
                0,
                0,
                List.of(store.publicKey()),
                1,
                ClosureMode.STRICT,
                UndeclaredMode.WARN,
                List.of(),
                Duration.ZERO,
                TrustMode.SIGNATURES,
                Optional.empty(),
                List.of(),
                names),
            verdicts);
    keys = read(data.resolve("access-keys.properties"));
    front = new Door(host.url(), "");
    s3 = new Door(host.s3Endpoint(), "/" + BUCKET);
    uploader = client("upload");
    validate = client("validate");
  }

  static RunningCache in(Path data) {
    return in(data, HostNames.LOOPBACK);
  }

  /** One that is known by these names. */
  static RunningCache in(Path data, HostNames names) {
    return new RunningCache(data, names);
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The value of an {@code Authorization} header with a new token that is good. */
  String token() {
    try {
      String operator = Files.readString(data.resolve("operator-key")).strip();
      String body =
          """
          {"key":"%s","principal":"%s","description":"","life":"PT1H"}"""
              .formatted(operator, ROLE);
      RawAnswer answer =
          front.send(
              front.head("POST", "/-/callers/create")
                  + "Content-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body,
              0);
      JsonDocument token = JsonDocument.parse(answer.body().getBytes(UTF_8));
      String pair = token.text("login") + ":" + token.text("password");
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    } catch (IOException | MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The access key of a user: its id and its secret. */
  AwsBasicCredentials credentials(String user) {
    return AwsBasicCredentials.create(
        keys.getProperty(user + ".id"), keys.getProperty(user + ".secret"));
  }

  S3Client client(String user) {
    return S3Client.builder()
        .endpointOverride(host.s3Endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(credentials(user)))
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  S3Presigner presigner(String user) {
    return S3Presigner.builder()
        .endpointOverride(host.s3Endpoint())
        .region(Region.US_EAST_1)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(StaticCredentialsProvider.create(credentials(user)))
        .build();
  }

  /** Uploads as stock clients do. */
  void upload(String key, byte[] bytes) {
    uploader.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  /** Uploads a NAR and its narinfo. */
  void upload(SamplePath path) {
    upload(path.narKey(), path.file());
    upload(path.narInfoKey(), path.narInfoBytes());
  }

  /** Uploads a path that is verified and readable when this returns. */
  SamplePath verified(String name) {
    SamplePath path = store.path(name);
    upload(path);
    settle();
    assertServed(path.narInfoKey());
    assertServed(path.narKey());
    return path;
  }

  /** Waits until everything that was uploaded is judged. */
  void settle() {
    while (inFlight() > 0) {
      Thread.onSpinWait();
    }
  }

  private int inFlight() {
    var matcher = IN_FLIGHT.matcher(front.get("-/status").body());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** Has uploads from now on stay unjudged until {@link #resume}. */
  void hold() {
    settle();
    verdicts.hold();
    try {
      for (int busy = 1; busy <= WORKERS; busy++) {
        upload("unknown-to-nix-" + busy, new byte[0]);
        verdicts.awaitHeld(busy);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends a {@link #hold} and waits for the verdicts. */
  void resume() {
    verdicts.release();
    settle();
  }

  /** What each door answers to a reader of a key in the end, redirects followed. */
  List<RawAnswer> read(String key) {
    return List.of(follow(front.get(key)), s3.get(key));
  }

  /** Where a redirect leads; any other answer is one itself. */
  RawAnswer follow(RawAnswer answer) {
    if (answer.status() != 307) {
      return answer;
    }
    URI location = URI.create(answer.header("Location").orElseThrow());
    return presigned(location).ask("GET", location.getRawPath() + "?" + location.getRawQuery());
  }

  /** The S3 endpoint by the name that presigned URLs have for it. */
  Door presigned(URI location) {
    assertThat(location.getAuthority()).isEqualTo("localhost:" + s3.uri().getPort());
    return new Door(URI.create("http://" + location.getAuthority()), s3.root());
  }

  /** Every door refuses a key. */
  void assertUnseen(String key) {
    assertThat(read(key)).as(key).allMatch(RawAnswer::isRefusal);
    assertThat(front.ask("HEAD", front.root() + "/" + key)).matches(RawAnswer::isRefusal);
    assertThat(s3.ask("HEAD", s3.root() + "/" + key)).matches(RawAnswer::isRefusal);
  }

  /** Every door has a key. */
  void assertServed(String key) {
    assertThat(read(key)).as(key).allMatch(answer -> answer.status() == 200);
  }

  /** The tags of the current version of a key. */
  List<Tag> tags(String key) {
    return validate.getObjectTagging(r -> r.bucket(BUCKET).key(key)).tagSet();
  }

  /** All keys of the cache bucket with their versions, in order. */
  List<String> versions() {
    return validate.listObjectVersionsPaginator(r -> r.bucket(BUCKET)).versions().stream()
        .map(version -> version.key() + " " + version.versionId())
        .toList();
  }

  @Override
  public void close() {
    verdicts.release();
    uploader.close();
    validate.close();
    host.close();
  }
}

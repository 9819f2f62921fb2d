package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A {@code narthex up} of its own, in a temporary directory and on free ports. */
final class NarthexHost implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(10);
  private static final String EXPORT = "export ";

  private final Scratch scratch;
  private final Process process;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();

  private NarthexHost(Scratch scratch, Process process, Map<String, String> environment) {
    this.scratch = scratch;
    this.process = process;
    this.environment = environment;
  }

  /** Starts it, built first if needed, and waits until it is ready. */
  static NarthexHost start(Path project) throws IOException, InterruptedException {
    Scratch scratch = Scratch.create();
    Path data = scratch.directory().resolve("data");
    String launcher = project.resolve("narthex").toString();
    Process process =
        new ProcessBuilder(
                launcher, "up", "--data", data.toString(), "--s3-port", "0", "--http-port", "0")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, scratch), "stop narthex"));
    Path ready = data.resolve("narthex.env");
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(ready)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        stop(process, scratch);
        throw new IOException("narthex up did not start in " + data);
      }
      Thread.sleep(50);
    }
    return new NarthexHost(scratch, process, variables(ready));
  }

  private static Map<String, String> variables(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(EXPORT) && line.contains("="))
        .map(line -> line.substring(EXPORT.length()).split("=", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }

  long pid() {
    return process.pid();
  }

  /** The key that it trusts. */
  SecretKey signingKey() throws IOException {
    Path file = scratch.directory().resolve("data/signing-key.sec");
    return SecretKey.parse(Files.readString(file).strip());
  }

  URI url(String path) {
    return URI.create(variable("NARTHEX_URL") + path);
  }

  /** A client as the uploading user. */
  S3Client client() {
    return S3Clients.client(
        new S3Access(
            variable("AWS_REGION"),
            Optional.of(URI.create(variable("NARTHEX_S3"))),
            Optional.of(
                new StaticCredentials(
                    variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")))));
  }

  /** Uploads one object. */
  void put(S3Client client, String key, byte[] bytes) {
    client.putObject(
        request -> request.bucket(variable("NARTHEX_BUCKET")).key(key),
        RequestBody.fromBytes(bytes));
  }

  /** Waits until so many paths are verified in all; a rejection or a dead letter ends the bench. */
  void awaitVerified(long count) throws IOException, InterruptedException {
    while (status("verified") < count) {
      if (status("rejected") + status("deadLetters") > 0) {
        throw new IllegalStateException("not verified: " + statusText());
      }
      Thread.sleep(20);
    }
  }

  /** Waits until no event is in flight. */
  void awaitIdle() throws IOException, InterruptedException {
    while (status("inFlight") > 0) {
      Thread.sleep(50);
    }
  }

  private long status(String field) throws IOException, InterruptedException {
    String text = statusText();
    try {
      return JsonDocument.parse(text.getBytes(UTF_8)).number(field);
    } catch (MalformedJsonException e) {
      throw new IOException(text, e);
    }
  }

  private String statusText() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url("/-/status")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String variable(String name) {
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  /** Also runs when the bench is interrupted. */
  @Override
  public void close() {
    stop(process, scratch);
  }

  private static void stop(Process process, Scratch scratch) {
    process.destroy();
    try (scratch) {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

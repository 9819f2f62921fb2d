package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.SecretKey;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The demonstration, step by step, each step with what it shows. */
final class DemoRun {
  private static final int TRIES = 100;
  private static final long POLL_MS = 100;

  private final RunningHost host;
  private final PrintStream out;
  private final Instant started = Instant.now();

  DemoRun(RunningHost host, PrintStream out) {
    this.host = requireNonNull(host, "host is null");
    this.out = requireNonNull(out, "out is null");
  }

  /** Whether everything went as it should. */
  boolean run() {
    SecretKey key = key();
    DemoPath message = DemoPath.script("demo-message-1.0", script("echo verified"), List.of(), key);
    DemoPath greeting =
        DemoPath.script(
            "demo-greeting-1.0",
            script("exec %s/bin/run".formatted(StoreDir.DEFAULT.print(message.storePath()))),
            List.of(message.storePath()),
            key);
    DemoPath original = DemoPath.script("demo-payroll-1.0", script("pay alice"), List.of(), key);
    DemoPath tampered = original.tamperedWith(script("pay mallory"));
    try (S3Client s3 = client()) {
      return step(s3, "A path that refers to one that is not there yet", greeting, 404)
          && step(s3, "The path that it refers to", message, 200)
          && shows(greeting, 200, "Now both are served:")
          && step(s3, "A signed narinfo over an archive that somebody changed", tampered, 404)
          && step(s3, "The same path, pushed again with its own archive", original, 200)
          && substitute(greeting);
    }
  }

  /** Other paths each time, so that the demonstration can be seen again. */
  private String script(String command) {
    return "#!/bin/sh\n# " + started + "\n" + command + "\n";
  }

  private boolean step(S3Client s3, String what, DemoPath path, int expected) {
    out.println(what + ":");
    put(s3, path.narKey(), path.file());
    put(s3, path.narInfoKey(), path.narInfoBytes());
    out.println("  uploaded   " + path.storePath());
    return shows(path, expected, "  ");
  }

  private boolean shows(DemoPath path, int expected, String what) {
    String url = "/" + path.narInfoKey();
    int status = settled(path, expected, url);
    String verdict = status == 200 ? "served" : "not served";
    out.printf(
        "%s %s: GET %s -> %d%n",
        what.isBlank() ? "  " + verdict : what, path.storePath().name(), url, status);
    if (status != 200) {
      out.println("  why        narthex why " + path.storePath().hash());
    }
    return status == expected;
  }

  private int settled(DemoPath path, int expected, String url) {
    try {
      for (int i = 0; i < TRIES; i++) {
        boolean judged =
            host.client().get("/api/v1/paths/" + path.storePath().hash()).statusCode() == 200;
        int status = judged ? host.client().get(url).statusCode() : 0;
        if (status == expected) {
          return status;
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return host.client().get(url).statusCode();
  }

  private boolean substitute(DemoPath path) {
    if (Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .noneMatch(dir -> Files.isExecutable(Path.of(dir, "nix")))) {
      out.println("There is no nix on the PATH, so nothing is substituted.");
      return true;
    }
    try {
      Path root = Files.createTempDirectory("narthex-demo");
      out.println("Substituting with nix into " + root + ":");
      int exit =
          new ProcessBuilder(
                  "nix",
                  "--extra-experimental-features",
                  "nix-command",
                  "copy",
                  "--from",
                  host.variable("NARTHEX_URL"),
                  "--to",
                  "local?root=" + root,
                  "--option",
                  "trusted-public-keys",
                  key().publicKey().toString(),
                  StoreDir.DEFAULT.print(path.storePath()))
              .inheritIO()
              .start()
              .waitFor();
      out.println(exit == 0 ? "  substituted" : "  nix failed with " + exit);
      return exit == 0;
    } catch (IOException e) {
      throw new CannotException("nix does not run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private SecretKey key() {
    Path file = host.data().resolve("signing-key.sec");
    try {
      return SecretKey.parse(Files.readString(file).strip());
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }

  private S3Client client() {
    return S3Clients.client(
        new S3Access(
            host.variable("AWS_REGION"),
            Optional.of(URI.create(host.variable("NARTHEX_S3"))),
            Optional.of(
                new StaticCredentials(
                    host.variable("AWS_ACCESS_KEY_ID"), host.variable("AWS_SECRET_ACCESS_KEY")))));
  }

  private void put(S3Client s3, String key, byte[] bytes) {
    s3.putObject(
        request -> request.bucket(host.variable("NARTHEX_BUCKET")).key(key),
        RequestBody.fromBytes(bytes));
  }
}

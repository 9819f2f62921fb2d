package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.TrustMode;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.local.http.HostNames;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A host that runs, with what it prints, and its uploader. */
final class Running implements AutoCloseable {
  static final String BUCKET = "example-nix-cache";
  private static final Duration TURN = Duration.ofMillis(50);
  private static final int TURNS = 2400;

  final LocalHost host;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final S3Client uploader;

  private Running(Path data, HostOptions options, boolean colour) {
    host =
        LocalHost.start(options, new OutcomeLines(new PrintStream(printed, true, UTF_8), colour));
    AccessKey key = LocalKeys.in(data, BUCKET).accessKey(LocalAccount.UPLOAD);
    uploader =
        S3Clients.client(
            new S3Access(
                "us-east-1",
                Optional.of(host.s3Endpoint()),
                Optional.of(new StaticCredentials(key.id(), key.secret()))));
  }

  /** Starts a host that trusts the store's key. */
  static Running in(Path data, SampleStore store) {
    return new Running(data, options(data, store), false);
  }

  /** The same with a terminal's colours. */
  static Running coloured(Path data, SampleStore store) {
    return new Running(data, options(data, store), true);
  }

  /** Starts one that signs what it has verified. */
  static Running signing(Path data, SampleStore store, SecretKey own) {
    return new Running(data, options(data, store, Optional.of(own)), false);
  }

  static HostOptions options(Path data, SampleStore store) {
    return options(data, store, Optional.empty());
  }

  private static HostOptions options(Path data, SampleStore store, Optional<SecretKey> own) {
    return new HostOptions(
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
        own,
        List.of(),
        HostNames.LOOPBACK);
  }

  /** Uploads the NAR and then the narinfo, and waits until nothing is in flight. */
  void upload(SamplePath path) {
    put(path.narKey(), path.file());
    put(path.narInfoKey(), path.narInfoBytes());
    for (int turn = 0; host.status().inFlight() > 0 && turn < TURNS; turn++) {
      pause();
    }
  }

  private void put(String key, byte[] bytes) {
    uploader.putObject(p -> p.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  private static void pause() {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has printed so far. */
  List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  @Override
  public void close() {
    uploader.close();
    host.close();
  }
}

package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.local.queue.QueueInUseException;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {
  private final SampleStore store = new SampleStore(2);
  @TempDir private Path data;

  @Test
  void keepsWhatItVerifiedOverARestart() {
    SamplePath path = store.path("kept");
    try (Running running = Running.in(data, store)) {
      running.upload(path);
      assertThat(running.host.status()).isEqualTo(new Status(1, 0, 0, 0, 0));
    }
    try (Running again = Running.in(data, store)) {
      again.upload(store.path("another", path.storePath()));
      assertThat(again.lines()).singleElement().asString().startsWith("verified  another  ");
    }
  }

  @Test
  void writesItsAddressesForItsOwnerOnly() throws IOException {
    try (Running running = Running.in(data, store)) {
      Path file = data.resolve("narthex.env");
      assertThat(Files.readString(file))
          .contains("NARTHEX_S3=" + running.host.s3Endpoint() + "\n")
          .contains("NARTHEX_URL=" + running.host.url() + "\n")
          .contains("NARTHEX_BUCKET=" + Running.BUCKET + "\n")
          .contains("AWS_REGION=us-east-1\n")
          .contains("AWS_ACCESS_KEY_ID=")
          .contains("AWS_SECRET_ACCESS_KEY=");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void sharesItsDirectoryWithNoOther() {
    try (Running running = Running.in(data, store)) {
      assertThatExceptionOfType(QueueInUseException.class)
          .isThrownBy(
              () ->
                  LocalHost.start(
                      Running.options(data, store), new OutcomeLines(System.out, false)));
      running.upload(store.path("unharmed"));
      assertThat(running.host.status().verified()).isEqualTo(1);
    }
  }

  @Test
  void servesWhatItHasVerifiedUnderItsOwnSignature() throws IOException, InterruptedException {
    SecretKey own = SecretKey.generate(new KeyName("cache-1"));
    try (Running running = Running.signing(data, store, own);
        HttpClient client = HttpClient.newHttpClient()) {
      SamplePath path = store.path("hello-1.0");
      running.upload(path);
      HttpRequest narInfo =
          HttpRequest.newBuilder(running.host.url().resolve("/" + path.narInfoKey())).build();
      assertThat(client.send(narInfo, BodyHandlers.ofString()).body())
          .isEqualTo(
              path.narInfo().write() + "Sig: " + own.sign(path.narInfo().fingerprint()) + "\n");
      assertThat(running.host.readersKey()).isEqualTo(own.publicKey());
    }
  }
}

package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpTest {
  @TempDir private Path directory;

  private NarthexProcess up(String s3Port, String httpPort) throws IOException {
    return NarthexProcess.start(
        directory, "up", "--data", data().toString(), "--s3-port", s3Port, "--http-port", httpPort);
  }

  private Path data() {
    return directory.resolve("data");
  }

  @Test
  void servesAloneUntilItIsToldToStopWhichIsSuccess() throws IOException, InterruptedException {
    Path ready = data().resolve("narthex.env");
    try (var process = up("0", "0")) {
      assertThat(process.awaitFile(ready)).as(process.output()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ready)))
          .isEqualTo("rw-------");
      assertThat(RunningHost.in(data()).client().get("/nix-cache-info").body())
          .isEqualTo("StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n");
      try (var second = up("0", "0")) {
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output()).contains("is in use").doesNotContain("\tat ");
      }
      process.terminate();
      assertThat(process.exitCode()).as(process.output()).isZero();
    }
  }

  @Test
  void whoCanReadItsDataDirectoryRevokesAndRedrives() throws IOException, InterruptedException {
    String hash = "00000000000000000000000000000000";
    try (var host = up("0", "0")) {
      assertThat(host.awaitFile(data().resolve("narthex.env"))).as(host.output()).isTrue();
      assertThat(operate("revoke", hash, "--reason", "mischief")).isEqualTo("0 revoked\n");
      assertThat(operate("revoke", hash, "--undo")).isEqualTo("0 revocation taken back\n");
      assertThat(operate("redrive", "--json")).isEqualTo("0 {\"redriven\":0,\"done\":true}\n");
      Files.writeString(data().resolve("operator-key"), "0".repeat(64));
      for (String[] command :
          new String[][] {
            {"revoke", hash, "--reason", "x"}, {"revoke", hash, "--undo"}, {"redrive"}
          }) {
        assertThat(operate(command)).startsWith("2 ").contains("not the operator key");
      }
    }
  }

  private String operate(String... command) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data().toString()));
    try (var process = NarthexProcess.start(directory, Map.of(), arguments)) {
      return process.exitCode() + " " + process.output();
    }
  }

  @Test
  void endsWithTwoAndALineIfAPortIsTaken() throws IOException, InterruptedException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      try (var s3 = up(port, "0")) {
        assertThat(s3.exitCode()).isEqualTo(2);
        assertThat(s3.output()).contains(port).doesNotContain("\tat ");
      }
      try (var http = up("0", port)) {
        assertThat(http.exitCode()).isEqualTo(2);
        assertThat(http.output()).contains(port).doesNotContain("\tat ");
      }
    }
  }

  @Test
  void refusesASigningKeyThatIsNotItsOwnersAlone() throws IOException, InterruptedException {
    Path file = signingKey();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refusal("--sign-with", file.toString())).contains("chmod 600");
    assertThat(refusal("--sign-with", directory.resolve("none").toString()))
        .contains("there is no");
  }

  @Test
  void refusesASigningKeyThatIsTrustedInUploads() throws IOException, InterruptedException {
    Path file = signingKey();
    String own = SecretKeyFile.read(file).publicKey().toString();
    assertThat(refusal("--sign-with", file.toString(), "--trusted-public-key", own))
        .contains("must not be a trusted one: cache-1");
  }

  @Test
  void refusesToTrustUploadersWithoutAKeyToSignWith() throws IOException, InterruptedException {
    assertThat(refusal("--trust", "uploaders")).contains("only with a key to sign with");
  }

  @Test
  void refusesOptionsAboutAStoreThatIsNotNamed() throws IOException, InterruptedException {
    assertThat(refusal("--poll", "5")).contains("go with --endpoint");
  }

  @Test
  void saysThatAStoreCannotBeReached() throws IOException, InterruptedException {
    assertThat(refusal("--endpoint", "http://127.0.0.1:1", "--no-path-style", "--poll", "5"))
        .contains("http://127.0.0.1:1 cannot be used");
  }

  private Path signingKey() throws IOException {
    Path file = directory.resolve("cache.sec");
    Files.writeString(file, SecretKey.generate(new KeyName("cache-1")).serialize());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private String refusal(String... options) throws IOException, InterruptedException {
    String[] up = {"up", "--data", data().toString(), "--s3-port", "0", "--http-port", "0"};
    var arguments = Stream.concat(Stream.of(up), Stream.of(options)).toArray(String[]::new);
    try (var process = NarthexProcess.start(directory, arguments)) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).doesNotContain("\tat ");
      return process.output();
    }
  }
}

package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}

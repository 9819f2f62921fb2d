package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code narthex audit} as a process: stopped, on a terminal, without room for what it prints. */
final class AuditProcessTest {
  /**
   * Bytes of the first record of a state, with this URL, and of that of a path without findings.
   */
  private static int header(String url) {
    return 4 + "narthex audit state 2\n".length() + url.length();
  }

  private static final int RECORD = 4 + 16 + 2;

  private final SampleStore samples = new SampleStore(7);
  private final SamplePath base = samples.path("base");
  private final SamplePath top = samples.path("top", base.storePath());
  private final SamplePath apart = samples.path("apart");

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    for (SamplePath path : List.of(base, top, apart)) {
      write(path);
    }
  }

  private void write(SamplePath path) throws IOException {
    Files.createDirectories(cache().resolve("nar"));
    Files.write(cache().resolve(path.narKey()), path.file());
    Files.write(cache().resolve(path.narInfoKey()), path.narInfoBytes());
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json"})
  void outputThatCannotBeWrittenIsTwo(String option) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "audit",
            "file://" + cache(),
            "--trusted-public-key",
            samples.publicKey().toString(),
            "--scratch",
            directory.toString());
    String command = String.join(" ", NarthexProcess.command(arguments)) + " " + option;
    List<String> shell = List.of("/bin/sh", "-c", command + " > /dev/full");
    try (NarthexProcess process = NarthexProcess.startCommand(directory, Map.of(), shell)) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).contains("the output cannot be written");
    }
  }

  @Test
  void stoppingKeepsTheStateAndIsTwo() throws IOException, InterruptedException {
    Path state = directory.resolve("state");
    Path list = directory.resolve("list");
    Files.writeString(
        list,
        Stream.of(base, top, apart)
            .map(path -> path.storePath() + "\n")
            .collect(Collectors.joining()));
    try (StallingServer server = StallingServer.of(cache(), apart.narKey())) {
      String[] arguments = {
        "audit",
        server.url(),
        "--trusted-public-key",
        samples.publicKey().toString(),
        "--paths",
        list.toString(),
        "--state",
        state.toString()
      };
      try (NarthexProcess process = NarthexProcess.start(directory, arguments)) {
        server.awaitRequests(List.of(apart.narKey()));
        while (Files.notExists(state)
            || Files.size(state) < header(server.url() + "/") + 2 * RECORD) {
          Thread.sleep(5);
        }
        process.terminate();
        while (!process.output().contains("narthex: stopping")) {
          Thread.sleep(5);
        }
        server.release();
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.output()).contains("stopped after ");
      }
      server.forgetRequests();
      try (NarthexProcess process = NarthexProcess.start(directory, arguments)) {
        assertThat(process.exitCode()).isZero();
        assertThat(process.output()).contains("3 paths: 3 verified");
      }
      assertThat(server.requests("GET", "nar/")).containsExactly(apart.narKey());
    }
  }

  @Test
  void stoppingGivesUpAnUpstreamThatDoesNotAnswer() throws IOException, InterruptedException {
    SamplePath far = samples.path("far");
    write(samples.path("needy", far.storePath()));
    Path upstream = Files.createDirectory(directory.resolve("upstream"));
    Files.write(upstream.resolve(far.narInfoKey()), far.narInfoBytes());
    try (StallingServer server = StallingServer.of(upstream, far.narInfoKey())) {
      String[] arguments = {
        "audit",
        "file://" + cache(),
        "--trusted-public-key",
        samples.publicKey().toString(),
        "--upstream",
        server.url(),
        "--upstream-key",
        samples.publicKey().toString()
      };
      try (NarthexProcess process = NarthexProcess.start(directory, arguments)) {
        server.awaitRequests(List.of(far.narInfoKey()));
        process.terminate();
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.output()).contains("stopped after 4 paths: 0 verified");
      }
    }
  }

  @Test
  void theLineIsNoLongerThanTheTerminalIsWide() throws IOException, InterruptedException {
    Path list = directory.resolve("list");
    Files.writeString(list, base.storePath() + "\n" + apart.storePath() + "\n");
    try (StallingServer server = StallingServer.of(cache(), apart.narKey())) {
      List<String> audit =
          NarthexProcess.command(List.of("audit", server.url(), "--paths", list.toString()));
      String shell = "unset COLUMNS; stty cols 44; exec " + String.join(" ", audit);
      List<String> typed =
          List.of("script", "--quiet", "--return", "--command", shell, "/dev/null");
      try (NarthexProcess process = NarthexProcess.startCommand(directory, Map.of(), typed)) {
        while (drawn(process).isEmpty()) {
          Thread.sleep(5);
        }
        server.release();
        assertThat(process.exitCode()).isEqualTo(1);
        assertThat(drawn(process)).allSatisfy(line -> assertThat(line).hasSizeLessThan(44));
      }
    }
  }

  /** The live lines that it has drawn; on so narrow a terminal some have no bar. */
  private static List<String> drawn(NarthexProcess process) throws IOException {
    return Stream.of(process.output().split("[\r\n]+", -1))
        .map(line -> line.replace("\u001b[K", ""))
        .filter(line -> line.contains(" %, "))
        .toList();
  }
}

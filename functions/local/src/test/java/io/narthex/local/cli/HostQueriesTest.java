package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code closure}, {@code referrers}, {@code search} and {@code stats}, on a host that runs. */
class HostQueriesTest {
  @TempDir private static Path directory;

  private static Path data() {
    return directory.resolve("data");
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data().toString()));
    try (var process = NarthexProcess.start(directory, arguments.toArray(String[]::new))) {
      int code = process.exitCode();
      return new Ended(code, process.output());
    }
  }

  @Test
  void answerAboutWhatTheDemoUploads() throws IOException, InterruptedException {
    try (var host =
        NarthexProcess.start(
            directory, "up", "--data", data().toString(), "--s3-port", "0", "--http-port", "0")) {
      assertThat(host.awaitFile(data().resolve("narthex.env"))).as(host.output()).isTrue();
      Ended demo = run("demo");
      assertThat(demo.code()).as(demo.output()).isZero();
      Ended rebuilt = run("index", "rebuild");
      assertThat(rebuilt.code()).as(rebuilt.output()).isZero();

      Ended found = run("search", "-", "--netrc", "/dev/null");
      assertThat(found.code()).as(found.output()).isZero();
      assertThat(found.output()).contains("/nix/store/", "paths as of 20");
      Ended stats = run("stats", "--netrc", "/dev/null");
      assertThat(stats.output()).isEqualTo("x");
      assertThat(found.output()).isEqualTo("y");
    }
  }
}

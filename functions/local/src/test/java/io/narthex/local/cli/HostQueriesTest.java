package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

      Ended found = run("search", "demo-GREETING", "--netrc", "/dev/null");
      assertThat(found.code()).as(found.output()).isZero();
      assertThat(found.output()).contains("-demo-greeting-1.0", "1 paths as of 20");
      String greeting = storePath(found);
      Ended closure = run("closure", greeting, "--netrc", "/dev/null");
      assertThat(closure.code()).as(closure.output()).isZero();
      assertThat(closure.output()).contains(greeting, "-demo-message-1.0", "2 paths, 0 missing");
      String message = storePath(run("search", "demo-message", "--netrc", "/dev/null"));
      Ended referrers = run("referrers", message, "--netrc", "/dev/null");
      assertThat(storePath(referrers)).isEqualTo(greeting);
      assertThat(run("stats", "--netrc", "/dev/null").output())
          .containsPattern("verified +3\n")
          .containsPattern("  xz +3 ");
    }
  }

  private static String storePath(Ended ended) {
    Matcher path = Pattern.compile("/nix/store/\\S+").matcher(ended.output());
    assertThat(path.find()).as(ended.output()).isTrue();
    return path.group();
  }
}

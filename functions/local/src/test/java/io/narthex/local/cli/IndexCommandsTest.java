package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code missing} and {@code index}, on a host that runs. */
final class IndexCommandsTest {
  private static final String NONE = "00000000000000000000000000000000";
  private static final String OTHER = "/nix/store/00000000000000000000000000000001-other-1.0";

  @TempDir private static Path directory;
  private static NarthexProcess host;

  @BeforeAll
  static void up() throws IOException, InterruptedException {
    host =
        NarthexProcess.start(
            directory, "up", "--data", data().toString(), "--s3-port", "0", "--http-port", "0");
    assertThat(host.awaitFile(data().resolve("narthex.env"))).as(host.output()).isTrue();
    assertThat(run("index", "rebuild"))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("is read now, 0 paths"));
  }

  @AfterAll
  static void down() {
    host.close();
  }

  private static Path data() {
    return directory.resolve("data");
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    return run(Map.of(), Path.of("/dev/null"), command);
  }

  private static Ended run(Map<String, String> environment, Path input, String... command)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data().toString()));
    try (var process = NarthexProcess.start(directory, environment, arguments, input)) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  @Test
  void rebuildsChecksAndShowsTheIndex() throws IOException, InterruptedException {
    assertThat(run("index", "rebuild"))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("is read now, 0 paths"));
    assertThat(run("index", "rebuild", "--abandon"))
        .isEqualTo(new Ended(1, "no rebuild has been begun\n"));
    assertThat(run("index", "check")).isEqualTo(new Ended(0, "0 paths compared, 0 differ\n"));
    assertThat(run("index"))
        .returns(0, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains("generation ", "built ", "shards        1 (depth 0)", "in flight"));
    assertThat(run("index", "--json").output()).contains("\"served\" : {", "\"inFlight\" : 0");
    assertThat(run("index", "check", "--json").output()).contains("\"state\" : \"checked\"");
    assertThat(run("index", "rebuild", "--json").output()).contains("\"state\" : \"rebuilt\"");
  }

  /** Any S3 will do: this one is the host's own. */
  @Test
  void worksOnTheBucketsOfAStoreByItself() throws IOException, InterruptedException {
    String endpoint = RunningHost.in(data()).variable("NARTHEX_S3");
    var environment =
        Map.of("AWS_SHARED_CREDENTIALS_FILE", data().resolve("aws-credentials").toString());
    String[] where = {"--endpoint", endpoint, "--bucket", "example-nix-cache", "--profile"};
    assertThat(elsewhere(environment, where, "admin", "index", "rebuild").output())
        .contains("is read now, 0 paths");
    assertThat(elsewhere(environment, where, "admin", "index", "rebuild", "--abandon", "--json"))
        .isEqualTo(new Ended(1, "{ }\n"));
    // Java warns of the native zstd, which the launcher allows.
    assertThat(elsewhere(environment, where, "admin", "index", "check", "--repair"))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).endsWith("0 paths compared, 0 differ\n"));
    assertThat(elsewhere(environment, where, "cache-upload", "index", "rebuild"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("example-nix-cache-state"));
  }

  private static Ended elsewhere(
      Map<String, String> environment, String[] where, String profile, String... command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(where));
    all.add(profile);
    return run(environment, Path.of("/dev/null"), all.toArray(String[]::new));
  }

  @Test
  void saysWhichPathsAreMissing() throws IOException, InterruptedException {
    Path input = Files.writeString(directory.resolve("paths"), OTHER + "\n" + NONE + "\n");
    assertThat(run("missing", OTHER, NONE)).isEqualTo(new Ended(1, OTHER + "\n" + NONE + "\n"));
    assertThat(run(Map.of(), input, "missing")).isEqualTo(new Ended(1, OTHER + "\n" + NONE + "\n"));
    assertThat(run(Map.of(), input, "missing", NONE, "-", "--json"))
        .returns(1, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains("\"asked\" : 2", "\"absent\" : [ \"" + NONE + "\", \"" + OTHER));
    assertThat(run("missing", "--verbose", NONE).output())
        .contains("absent    " + NONE, "1 of 1 missing: 1 absent, 0 waiting, 0 rejected");
    assertThat(run("missing")).isEqualTo(new Ended(0, ""));
  }

  @Test
  void asksForMoreThanARequestHolds() throws IOException, InterruptedException {
    var paths = new StringBuilder();
    for (int i = 0; i < 20_001; i++) {
      paths.append("%032d%n".formatted(i));
    }
    Path input = Files.writeString(directory.resolve("paths"), paths);
    assertThat(run(Map.of(), input, "missing")).isEqualTo(new Ended(1, paths.toString()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing nonsense                          | not a store path
          missing --cache http://127.0.0.1:1 HASH   | nothing answers at http://127.0.0.1:1
          missing --cache http://x --stack y HASH   | one of --cache and --stack
          missing --region eu-west-2 HASH           | go with --stack
          index --bucket x                          | go together
          index --endpoint http://127.0.0.1:1       | go together
          index --region eu-west-2                  | go with
          index rebuild --endpoint http://127.0.0.1:1 --stack x --bucket y | one of
          index check --endpoint http://127.0.0.1:1 --bucket y | writing to the bucket y-state
          """)
  void saysInALineWhatItCannotDo(String command, String says)
      throws IOException, InterruptedException {
    assertThat(run(command.replace("HASH", NONE).split(" ")))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains(says).hasLineCount(1));
  }

  @Test
  void onlyWhoCanReadItsDataDirectoryHasItWorked() throws IOException, InterruptedException {
    String key = Files.readString(data().resolve("operator-key"));
    Files.writeString(data().resolve("operator-key"), "0".repeat(64));
    for (String[] command : new String[][] {{"index"}, {"index", "check", "--repair"}}) {
      assertThat(run(command))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("not the operator key"));
    }
    Files.writeString(data().resolve("operator-key"), key);
  }

  /** {@code nix-store} is whatever the PATH has. */
  @Test
  void asksTheStoreOfThisMachineForTheClosure() throws IOException, InterruptedException {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    Path nix =
        Files.writeString(
            tools.resolve("nix-store"),
            "#!/bin/sh\n[ \"$1 $2 $3\" = '--query --requisites %s' ] && echo %s && echo $3\n"
                .formatted(OTHER, OTHER.replace("1-other", "2-below")));
    assertThat(nix.toFile().setExecutable(true)).isTrue();
    var path = Map.of("PATH", tools + ":/usr/bin:/bin");
    assertThat(run(path, Path.of("/dev/null"), "missing", "--closure", OTHER))
        .isEqualTo(new Ended(1, OTHER + "\n" + OTHER.replace("1-other", "2-below") + "\n"));
    assertThat(run(Map.of("PATH", "/none"), Path.of("/dev/null"), "missing", "--closure", OTHER))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("--closure needs nix-store"));
    assertThat(run(path, Path.of("/dev/null"), "missing", "--closure", NONE))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("does not know the closure"));
  }
}

package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserCommandTest {
  @TempDir private Path directory;

  /** How a command ended. */
  private record Ended(int exitCode, String output) {}

  @Test
  void makesListsAndDeletesUsersOfAHostThatDoesNotRun() throws IOException, InterruptedException {
    Ended made =
        user("create", "alice", "--path", "/ci/", "--policy", "upload", "--tag", "team=infra");
    assertThat(made.exitCode()).isZero();
    assertThat(made.output())
        .matches(
            """
            # arn:aws:iam::123456789012:user/ci/alice
            \\[alice]
            aws_access_key_id = [A-Z0-9]{20}
            aws_secret_access_key = \\S{40}
            """);
    assertThat(user("create", "alice").output()).contains("there is a user alice already");
    assertThat(user("list", "--json").output())
        .contains("\"arn\":\"arn:aws:iam::123456789012:user/ci/alice\"")
        .contains("\"tags\":{\"team\":\"infra\"}")
        .contains("\"hasPolicy\":true")
        .doesNotContain("secretAccessKey");
    assertThat(user("list").output()).contains("alice").hasLineCount(1);
    assertThat(user("delete", "alice").exitCode()).isZero();
    assertThat(user("delete", "alice"))
        .isEqualTo(new Ended(1, "narthex: there is no user alice\n"));
    assertThat(user("list").output()).isEmpty();
  }

  @Test
  void writesAProfileAndPrintsNoSecret() throws IOException, InterruptedException {
    Path file = directory.resolve("credentials");
    Ended made = user("create", "bob", "--json", "--profile-file", file.toString());
    assertThat(made.output()).contains("\"name\":\"bob\"").doesNotContain("secretAccessKey");
    assertThat(Files.readString(file)).startsWith("[bob]\naws_access_key_id = ");
    assertThat(user("delete", "bob", "--profile-file", file.toString()).exitCode()).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void saysWhereAPolicyIsWrong() throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            directory.resolve("p.json"),
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Permit\"}]}");
    Ended refused = user("create", "eve", "--policy", file.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("Statement[0]");
    assertThat(user("create", "eve", "--policy", "/nowhere").exitCode()).isEqualTo(2);
    assertThat(user("create", "admin").exitCode()).isEqualTo(2);
    assertThat(directory.resolve("data/users")).doesNotExist();
  }

  private Ended user(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("user"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", directory.resolve("data").toString()));
    try (NarthexProcess process = NarthexProcess.start(directory, Map.of(), command)) {
      return new Ended(process.exitCode(), process.output());
    }
  }
}

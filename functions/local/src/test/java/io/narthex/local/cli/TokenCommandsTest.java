package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and principals by the command line, of a stack and of the host that runs here. */
class TokenCommandsTest {
  private static final String NETRC =
      "machine %s login nxt_[0-9a-f]{24} password nxs_[A-Za-z0-9_-]{43}\n";

  @TempDir private Path directory;

  private record Ended(int code, String output) {}

  private Ended run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    try (var process = NarthexProcess.start(directory, environment, arguments)) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  /** Runs commands somewhere. */
  @FunctionalInterface
  private interface Place {
    Ended run(String... arguments) throws IOException, InterruptedException;
  }

  private Place at(Map<String, String> environment, String... where) {
    return arguments -> {
      var all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of(where));
      return run(environment, all);
    };
  }

  private void issueListAndRevoke(Place place, String account, String host)
      throws IOException, InterruptedException {
    String role = "arn:aws:iam::%s:role/ci".formatted(account);
    assertThat(place.run("token", "list")).isEqualTo(new Ended(0, "no tokens\n"));
    Ended created =
        place.run(
            "token", "create", "--principal", role, "--tag", "team=infra", "--expires", "12h");
    assertThat(created.code()).isZero();
    assertThat(created.output()).matches(NETRC.formatted(host));
    String[] words = created.output().strip().split(" ");
    String id = words[3];
    assertThat(place.run("token", "list").output())
        .contains(id, "active", role, "team=infra")
        .doesNotContain(words[5], "nxs_");
    assertThat(place.run("token", "list", "--json").output())
        .contains("\"id\" : \"" + id + "\"")
        .doesNotContain("nxs_", "ha256");
    assertThat(place.run("token", "revoke", id).code()).isZero();
    assertThat(place.run("token", "revoke", id).code()).isEqualTo(1);
    assertThat(place.run("token", "list").output()).contains("revoked");
  }

  private void setAndShowPrincipals(Place place) throws IOException, InterruptedException {
    assertThat(place.run("principals", "show")).isEqualTo(new Ended(0, "{}\n"));
    String bad = write("bad.json", "{\"acounts\": {}, \"roles\": 7}");
    assertThat(place.run("principals", "set", bad))
        .returns(2, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains("roles: not an array of strings", "unknown field acounts"));
    String foreign = "arn:aws:iam::444455556666:role/ci";
    assertThat(place.run("token", "create", "--principal", foreign))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("444455556666", "principals set"));
    String good = write("good.json", "{\"accounts\": {\"444455556666\": {}}}\n");
    assertThat(place.run("principals", "set", good).code()).isZero();
    assertThat(place.run("principals", "show").output())
        .isEqualTo("{\"accounts\": {\"444455556666\": {}}}\n");
    assertThat(place.run("token", "create", "--principal", foreign, "--host", "cache.example.net"))
        .returns(0, Ended::code)
        .satisfies(
            ended -> assertThat(ended.output()).matches(NETRC.formatted("cache.example.net")));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void workOnAStackByThePolicyOfItsOperatorsAlone() throws IOException, InterruptedException {
    Path s3 = Files.createDirectory(directory.resolve("s3"));
    try (var stack = SampleDeployment.start(s3, new SampleStore(1))) {
      Place operator = at(stack.environment("operator"), "--stack", "narthex");
      issueListAndRevoke(operator, "111122223333", "cache.example.org");
      setAndShowPrincipals(operator);
      assertThat(
              operator.run(
                  "principals",
                  "set",
                  write(
                      "loopback.json",
                      "{\"issuers\": [{\"url\": \"http://127.0.0.1\", \"audiences\": \"a\"}]}")))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).contains("loopback"));
      Place uploader = at(stack.environment("uploader"), "--stack", "narthex");
      String role = "arn:aws:iam::111122223333:role/ci";
      assertThat(uploader.run("token", "create", "--principal", role))
          .returns(2, Ended::code)
          .satisfies(ended -> assertThat(ended.output()).startsWith("narthex: PutObject"));
      assertThat(uploader.run("token", "list").code()).isEqualTo(2);
    }
  }

  @Test
  void workOnTheHostThatRunsHere() throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    Files.createDirectory(data);
    String where = data.toString();
    try (var up =
        NarthexProcess.start(
            directory, "up", "--data", where, "--s3-port", "0", "--http-port", "0")) {
      assertThat(up.awaitFile(data.resolve("narthex.env"))).isTrue();
      Place here = at(Map.of(), "--data", where);
      issueListAndRevoke(here, "123456789012", "127\\.0\\.0\\.1");
      setAndShowPrincipals(here);
      assertThat(up.output()).doesNotContain("nxs_");
      Files.writeString(data.resolve("operator-key"), "0".repeat(64));
      assertThat(here.run("token", "list"))
          .isEqualTo(new Ended(2, "narthex: not the operator key of this host\n"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "token create, --principal",
    "token create --principal ci, not the ARN",
    "token create --principal arn:aws:iam::111122223333:role/ci --expires soon, 90d",
    "token create --principal arn:aws:iam::111122223333:role/ci --expires 0d, ten years",
    "token create --principal arn:aws:iam::111122223333:role/ci --expires 99999d, ten years",
    "token create --principal arn:aws:iam::111122223333:role/ci --tag team, KEY=VALUE",
    "token create --principal arn:aws:iam::111122223333:role/ci --tag a=* , tag a",
    "token create --principal arn:aws:iam::111122223333:role/ci --tag a=1 --tag a=2, two tags",
    "token create --principal arn:aws:iam::111122223333:role/ci --host a/b, not the name",
    "token revoke ../settings, nxt_",
    "principals set /nowhere.json, /nowhere.json",
  })
  void refuseWhatCannotBeBeforeTheyAskAnyone(String command, String says)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of(command.strip().split(" ")));
    arguments.addAll(List.of("--data", directory.resolve("none").toString()));
    assertThat(run(Map.of(), arguments))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains(says));
  }
}

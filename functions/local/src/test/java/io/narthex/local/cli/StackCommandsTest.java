package io.narthex.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands on a deployed stack, by the credentials of who runs them: each with no more than the
 * policy of {@code infra/} that is made for it.
 */
final class StackCommandsTest {
  private static final String OPERATOR = "operator";
  private static final String UPLOADER = "uploader";
  private static final String AUDITOR = "auditor";

  private final SampleStore store = new SampleStore(1);
  private final SamplePath good = store.path("good-1.0");
  private final SamplePath bad = store.path("bad-1.0").withFile(new byte[] {1, 2, 3});
  @TempDir private Path directory;
  private SampleDeployment stack;

  private record Ended(int code, String output) {}

  @BeforeEach
  void deploy() throws IOException {
    stack = SampleDeployment.start(Files.createDirectory(directory.resolve("s3")), store);
  }

  @AfterEach
  void delete() {
    stack.close();
  }

  private Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--stack", "narthex"));
    try (var process = NarthexProcess.start(directory, environment, all)) {
      int code = process.exitCode();
      assertThat(process.output()).doesNotContain("\tat ");
      return new Ended(code, process.output());
    }
  }

  private Ended as(String user, String... arguments) throws IOException, InterruptedException {
    return run(stack.environment(user), arguments);
  }

  private static String hash(SamplePath path) {
    return path.storePath().hash().toString();
  }

  private void uploadBoth() {
    stack.upload(good);
    stack.upload(bad);
    stack.verify(good, bad);
  }

  @Test
  void saysWhereAStackStands() throws IOException, InterruptedException {
    uploadBoth();
    stack.api().holds(7, 2);
    assertThat(as(OPERATOR, "status", "--json"))
        .isEqualTo(
            new Ended(
                0,
                "{\"verified\":1,\"waiting\":0,\"rejected\":1,\"inFlight\":7,\"deadLetters\":2}\n"));
    assertThat(as(OPERATOR, "status", "--reports", "1", "--wait=1"))
        .returns(1, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains("in flight     7", "dead letters  2", "the first 1 reports"));
  }

  @Test
  void tellsUploadersWhatBecameOfTheirUploadsAndNothingElse()
      throws IOException, InterruptedException {
    stack.upload(good);
    assertThat(as(UPLOADER, "why", hash(good), hash(bad)))
        .isEqualTo(
            new Ended(
                2,
                """
                narthex: no report on %s: none that you may read; its narinfo is there and has no \
                verdict yet
                narthex: no report on %s: none that you may read; there is no narinfo of it
                """
                    .formatted(hash(good), hash(bad))));
    assertThat(as(UPLOADER, "wait", "--timeout", "1", hash(good)))
        .isEqualTo(new Ended(1, "absent  " + hash(good) + "\n"));
    uploadBoth();
    assertThat(as(UPLOADER, "wait", good.storePath().toString())).isEqualTo(new Ended(0, ""));
    assertThat(as(UPLOADER, "wait", hash(good), hash(bad)))
        .isEqualTo(new Ended(1, "rejected  /nix/store/" + bad.storePath() + "\n"));
    assertThat(as(UPLOADER, "status"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).startsWith("narthex: ListObjectsV2"));
    assertThat(as(UPLOADER, "revoke", hash(good), "--reason", "mischief"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).startsWith("narthex: PutObject"));
    assertThat(stack.api().messages()).isEmpty();
  }

  @Test
  void readsForTheStackWhatItsFunctionHasNoTimeFor() throws IOException, InterruptedException {
    assertThat(as(AUDITOR, "audit"))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("0 paths"));
    stack.upload(good);
    stack.verifyHurriedly(good);
    assertThat(as(UPLOADER, "why", hash(good)))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("narthex audit --stack"));
    assertThat(as(AUDITOR, "audit"))
        .returns(0, Ended::code)
        .satisfies(
            ended ->
                assertThat(ended.output())
                    .contains("told the stack what 1 NARs hold", "1 paths: 1 verified"));
    assertThat(stack.api().messages())
        .containsExactly("{\"lookAt\":\"" + good.narInfoKey() + "\"}");
    stack.verifyHurriedly(good);
    assertThat(as(UPLOADER, "wait", hash(good))).isEqualTo(new Ended(0, ""));
  }

  @ParameterizedTest
  @CsvSource({"file:///tmp", "--quick", "--apply", "--state=state"})
  void anAuditForAStackTakesNothingOfItsOwn(String option)
      throws IOException, InterruptedException {
    assertThat(as(AUDITOR, "audit", option))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("--stack has a cache"));
  }

  @Test
  void hasTheIndexRebuiltAndCheckedByItsStateMachines() throws IOException, InterruptedException {
    assertThat(as(OPERATOR, "index"))
        .isEqualTo(new Ended(1, "there is no index yet\nin flight     0\n"));
    uploadBoth();
    stack.index();
    assertThat(as(OPERATOR, "index"))
        .returns(0, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("generation    1\n", "paths "));
    stack
        .api()
        .executes(
            "{\"status\":\"RUNNING\"}",
            execution("{'generation':{'number':2,'depth':0},'paths':1,'expired':{'removed':0}}"));
    assertThat(as(OPERATOR, "index", "rebuild"))
        .isEqualTo(new Ended(0, "generation 2 is read now, 1 paths\n"));
    stack.api().executes(execution("{'paths':7,'drift':0}"));
    assertThat(as(OPERATOR, "index", "check"))
        .isEqualTo(new Ended(0, "7 paths compared, 0 differ\n"));
    stack.api().executes(execution("{'paths':7,'drift':2}"));
    assertThat(as(OPERATOR, "index", "check", "--repair"))
        .isEqualTo(new Ended(1, "2 not named\n7 paths compared, 2 differ; 2 repaired\n"));
    stack.api().executes("{\"status\":\"FAILED\",\"error\":\"E\",\"cause\":\"it was so\"}");
    assertThat(as(OPERATOR, "index", "rebuild"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("FAILED: E: it was so; to go on"));
    assertThat(stack.api().started())
        .containsExactly(
            "index-rebuild {}",
            "index-check {\"repair\":false}",
            "index-check {\"repair\":true}",
            "index-rebuild {}");
    assertThat(as(OPERATOR, "index", "rebuild", "--abandon"))
        .isEqualTo(new Ended(1, "no rebuild has been begun\n"));
    assertThat(as(UPLOADER, "index")).returns(2, Ended::code);
  }

  private static String execution(String output) {
    return "{\"status\":\"SUCCEEDED\",\"output\":\"%s\"}".formatted(output.replace("'", "\\\""));
  }

  @Test
  void printsReportsAsTheyAreStored() throws IOException, InterruptedException {
    uploadBoth();
    Ended why = as(OPERATOR, "why", hash(bad));
    assertThat(why.code()).isZero();
    assertThat(why.output())
        .startsWith("rejected  /nix/store/" + bad.storePath())
        .contains("nix copy --refresh");
    assertThat(as(OPERATOR, "why", "--json", hash(good)).output())
        .startsWith("{")
        .contains("\"verdict\" : \"verified\"");
  }

  @Test
  void revokesAPathUntilItIsTakenBack() throws IOException, InterruptedException {
    uploadBoth();
    String look = "{\"lookAt\":\"" + hash(good) + ".narinfo\"}";
    assertThat(as(OPERATOR, "revoke", good.storePath().toString(), "--reason", "a backdoor"))
        .isEqualTo(new Ended(0, "revoked\n"));
    assertThat(stack.api().messages()).containsExactly(look);
    stack.verify(good);
    assertThat(as(OPERATOR, "wait", hash(good)).code()).isEqualTo(1);
    assertThat(as(OPERATOR, "why", hash(good)).output()).contains("a backdoor", "--undo");
    assertThat(as(OPERATOR, "revoke", "--json", hash(good), "--undo").output())
        .isEqualTo("{\"changed\":true}\n");
    stack.verify(good);
    assertThat(as(OPERATOR, "wait", hash(good)).code()).isZero();
    assertThat(stack.api().messages()).containsExactly(look, look);
  }

  @Test
  void revokesAKeyOnceAndGivesItBack() throws IOException, InterruptedException {
    String key = store.publicKey().toString();
    assertThat(as(OPERATOR, "revoke", key, "--reason", "leaked").output())
        .isEqualTo("revoked; within 16 minutes all that it signed begins to be looked at again\n");
    assertThat(as(OPERATOR, "revoke", key, "--reason", "again").output())
        .isEqualTo("was revoked already\n");
    assertThat(as(OPERATOR, "revoke", key, "--undo", "--json").output())
        .isEqualTo("{\"changed\":true}\n");
  }

  @Test
  void hasDeadLettersSentBack() throws IOException, InterruptedException {
    stack.api().holds(0, 3);
    assertThat(as(OPERATOR, "redrive")).isEqualTo(new Ended(0, "about 3 on their way back\n"));
    assertThat(as(OPERATOR, "redrive", "--json").output())
        .isEqualTo("{\"redriven\":3,\"done\":false}\n");
    assertThat(stack.api().redriven()).containsExactly(StackApi.DEAD_ARN, StackApi.DEAD_ARN);
  }

  @Test
  void takesCredentialsAndRegionOfTheProfileThatIsAskedFor()
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(stack.environment(OPERATOR));
    String secret = environment.replace("AWS_SECRET_ACCESS_KEY", "nonsense");
    Path credentials =
        Files.writeString(
            directory.resolve("credentials"),
            "[work]\naws_access_key_id = OPERATOR\naws_secret_access_key = " + secret + "\n");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
    environment.put("AWS_CONFIG_FILE", directory.resolve("none").toString());
    assertThat(run(environment, "status").code()).isEqualTo(2);
    assertThat(run(environment, "status", "--profile", "work").code()).isZero();
    assertThat(run(environment, "status", "--profile", "none"))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains("none"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "wait 00000000000000000000000000000000 --cache http://127.0.0.1:1, one of --cache and --stack",
    "status --reports 0, --reports",
    "revoke nonsense --reason x, not a store path",
    "revoke nonsense: --reason x, not a public key",
    "revoke 00000000000000000000000000000000, --reason",
  })
  void refusesWhatItCannotDoBeforeItAsksAnyone(String command, String says)
      throws IOException, InterruptedException {
    assertThat(run(Map.of(), command.split(" ")))
        .returns(2, Ended::code)
        .satisfies(ended -> assertThat(ended.output()).contains(says).hasLineCount(1));
  }

  @Test
  void saysThatThereIsNoSuchStack() throws IOException, InterruptedException {
    var arguments = List.of("status", "--stack", "shop");
    try (var process = NarthexProcess.start(directory, stack.environment(OPERATOR), arguments)) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).isEqualTo("narthex: Stack with that id does not exist\n");
    }
    var regionOnly = List.of("status", "--region", "eu-west-2");
    try (var process = NarthexProcess.start(directory, regionOnly.toArray(String[]::new))) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).contains("--region and --profile go with --stack");
    }
  }
}

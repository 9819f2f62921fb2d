package io.narthex.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.deployed.RuntimeApi.Answered;
import io.narthex.local.deployed.RuntimeApi.Failed;
import io.narthex.local.deployed.RuntimeApi.Outcome;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each zip as a process under AWS's runtime interface client, with a real S3 endpoint behind it,
 * given the files of {@code events/}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS has that client for Linux only")
final class FunctionProcessIT {
  private static final Path EVENTS = Path.of("..", "..", "events");
  private static final String PATH_OF_EVENTS = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";
  private static final Outcome ALL_DONE = new Answered("{\"batchItemFailures\":[]}");

  private static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  private final SampleStore store = new SampleStore(20260811);
  @TempDir private Path directory;
  private Buckets buckets;
  private QueueEndpoint queues;

  @BeforeEach
  void start() throws IOException {
    buckets = Buckets.start(directory.resolve("s3"), store.publicKey());
    queues = QueueEndpoint.start();
  }

  @AfterEach
  void stop() {
    queues.close();
    buckets.close();
  }

  @Test
  void verifiesAnUploadAndThenServesIt() throws IOException, InterruptedException {
    SamplePath path = store.path("hello");
    buckets.upload(path);
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE);
        FunctionProcess serve = run(DeployedFunction.SERVE)) {
      assertThat(serve.invoke(event("http/get-narinfo.json", path))).has(status(404));
      assertThat(validate.invoke(event("sqs/put-narinfo.json", path))).isEqualTo(ALL_DONE);
      assertThat(validate.log())
          .contains("\"key\":\"" + path.narInfoKey() + "\"", "\"verdict\":\"verified\"");
      assertThat(serve.invoke(event("http/get-narinfo.json", path)))
          .has(status(200))
          .has(text("StorePath: /nix/store/" + path.storePath()));
    }
  }

  @Test
  void wakesThePathThatWaits() throws IOException, InterruptedException {
    SamplePath reference = store.path("reference");
    SamplePath waiting = store.path("waiting", reference.storePath());
    buckets.upload(waiting);
    buckets.upload(reference);
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE)) {
      assertThat(validate.invoke(event("sqs/put-narinfo.json", waiting))).isEqualTo(ALL_DONE);
      assertThat(queues.uploads()).isEmpty();
      assertThat(validate.invoke(event("sqs/put-narinfo.json", reference))).isEqualTo(ALL_DONE);
      assertThat(queues.uploads()).contains("{\"lookAt\":\"" + waiting.narInfoKey() + "\"}");
    }
  }

  @Test
  void reportsPoisonAloneAndGoesOn() throws IOException, InterruptedException {
    SamplePath path = store.path("beside-poison");
    buckets.upload(path);
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE)) {
      assertThat(validate.invoke(event("sqs/poison.json", path)))
          .isEqualTo(
              new Answered(
                  "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975620002\"}]}"));
      assertThat(validate.log()).contains("\"verdict\":\"verified\"");
      assertThat(validate.invoke(event("sqs/test-event.json"))).isEqualTo(ALL_DONE);
      assertThat(validate.isAlive()).isTrue();
    }
  }

  @Test
  void theIndexIsBuiltAndThenHearsOfUploads() throws IOException, InterruptedException {
    SamplePath early = store.path("early");
    SamplePath late = store.path("late");
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE);
        FunctionProcess index = run(DeployedFunction.INDEX)) {
      upload(early, validate);
      rebuild();
      upload(late, validate);
      assertThat(queues.looks()).contains("{\"index\":\"" + late.storePath().hash() + "\"}");
      assertThat(index.invoke(event("index/look.json", late))).isEqualTo(ALL_DONE);
    }
    try (FunctionProcess serve = run(DeployedFunction.SERVE)) {
      assertThat(closure(serve, early)).has(status(200)).has(text("-early"));
      assertThat(closure(serve, late)).has(status(200)).has(text("-late"));
    }
  }

  private void rebuild() throws IOException, InterruptedException {
    String generation = "\"generation\":{\"number\":1,\"depth\":0}";
    try (FunctionProcess tasks = run(DeployedFunction.INDEX_TASK)) {
      assertThat(tasks.invoke("{\"task\":\"begin\"}")).has(text(generation));
      assertThat(tasks.invoke("{\"task\":\"build\",\"piece\":0," + generation + "}"))
          .isEqualTo(new Answered("{\"paths\":1}"));
      assertThat(tasks.invoke("{\"task\":\"sort\",\"partition\":0," + generation + "}"))
          .isInstanceOf(Answered.class);
      assertThat(tasks.invoke("{\"task\":\"finish\"," + generation + "}")).has(text("\"paths\":1"));
      assertThat(tasks.invoke(event("index-task/survey.json"))).has(text("\"pieces\":[0]"));
    }
  }

  private static Outcome closure(FunctionProcess serve, SamplePath path)
      throws IOException, InterruptedException {
    return serve.invoke(
        event("http/get-narinfo.json")
            .replace(PATH_OF_EVENTS + ".narinfo", "api/v1/closure/" + path.storePath().hash()));
  }

  private void upload(SamplePath path, FunctionProcess validate)
      throws IOException, InterruptedException {
    buckets.upload(path);
    assertThat(validate.invoke(event("sqs/put-narinfo.json", path))).isEqualTo(ALL_DONE);
  }

  // Any answer to what is no batch would tell SQS that its messages are done.
  @Test
  void failsOnWhatIsNoBatchAndGoesOn() throws IOException, InterruptedException {
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE)) {
      assertThat(validate.invoke("[]")).isInstanceOf(Failed.class);
      assertThat(validate.invoke(event("sqs/test-event.json"))).isEqualTo(ALL_DONE);
    }
  }

  @Test
  void refusesWhatIsNoRequestAndGoesOn() throws IOException, InterruptedException {
    try (FunctionProcess serve = run(DeployedFunction.SERVE)) {
      assertThat(serve.invoke("{}")).has(status(400));
      assertThat(serve.invoke(event("http/get-cache-info.json"))).has(status(200));
    }
  }

  @Test
  void servesAfterASnapshot() throws IOException, InterruptedException {
    try (FunctionProcess serve = run(DeployedFunction.SERVE, SNAP_START)) {
      assertThat(serve.invoke(event("http/get-cache-info.json"))).has(status(200));
      assertThat(serve.log()).doesNotContain("notPrimed");
    }
  }

  @Test
  void verifiesAfterASnapshot() throws IOException, InterruptedException {
    try (FunctionProcess validate = run(DeployedFunction.VALIDATE, SNAP_START)) {
      upload(store.path("after-a-snapshot"), validate);
      assertThat(validate.log()).contains("\"verdict\":\"verified\"").doesNotContain("notPrimed");
    }
  }

  @Test
  void asksS3BeforeASnapshotAndIsDeployedThoughItFails() throws IOException, InterruptedException {
    var unreachable = new HashMap<>(SNAP_START);
    unreachable.put("NARTHEX_S3_ENDPOINT", "http://127.0.0.1:1");
    try (FunctionProcess serve = run(DeployedFunction.SERVE, unreachable)) {
      assertThat(serve.invoke(event("http/put-cache-info.json"))).has(status(405));
      assertThat(serve.log()).contains("{\"event\":\"notPrimed\",\"reason\":\"/nix-cache-info: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysAllThatIsMissingFromItsEnvironment(DeployedFunction function)
      throws IOException, InterruptedException {
    try (FunctionProcess process = FunctionProcess.start(function, directory, Map.of())) {
      assertThat(process.invoke("{}")).isInstanceOf(Failed.class);
      assertThat(process.log())
          .contains(
              "AWS_REGION is not set",
              "NARTHEX_CACHE_BUCKET is not set",
              "NARTHEX_STATE_BUCKET is not set");
    }
  }

  private FunctionProcess run(DeployedFunction function) throws IOException {
    return run(function, Map.of());
  }

  private FunctionProcess run(DeployedFunction function, Map<String, String> more)
      throws IOException {
    var variables = new HashMap<>(buckets.environment(function));
    variables.putAll(queues.environment());
    variables.putAll(more);
    return FunctionProcess.start(function, directory, variables);
  }

  private static String event(String file) throws IOException {
    return Files.readString(EVENTS.resolve(file));
  }

  /** The file, about this path. */
  private static String event(String file, SamplePath path) throws IOException {
    return event(file).replace(PATH_OF_EVENTS, path.storePath().hash().toString());
  }

  private static Condition<Outcome> status(int status) {
    return text("\"statusCode\":" + status + ",");
  }

  private static Condition<Outcome> text(String text) {
    return new Condition<>(
        outcome -> outcome instanceof Answered(String body) && body.contains(text),
        "answered with %s",
        text);
  }
}

package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.ManifestJson;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.StoreException;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import io.narthex.local.index.Tasks;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexRoutesTest {
  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final Tasks tasks =
      new Tasks(cache, state, new Retries(_ -> {}, bound -> bound - 1), clock, _ -> {}, _ -> {});
  @TempDir private Path directory;
  private IndexRoutes routes;
  private String key = "";

  @BeforeEach
  void makeTheKey() throws IOException {
    OperatorKey operator = OperatorKey.in(directory);
    key = Files.readString(directory.resolve("operator-key")).strip();
    routes = new IndexRoutes(operator, () -> Manifest.in(state), () -> 7, tasks);
  }

  @AfterEach
  void end() {
    tasks.close();
  }

  private ObjectNode withKey() {
    return JsonDocument.object().put("key", key);
  }

  private LocalAnswer post(String what, ObjectNode json) {
    return routes.answer(
        new LocalRequest(
            "POST", IndexRoutes.PREFIX + what, "", new String(JsonDocument.write(json), UTF_8)));
  }

  private JsonDocument answer(String what, ObjectNode json) throws MalformedJsonException {
    LocalAnswer answer = post(what, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonDocument.parse(answer.body().getBytes(UTF_8));
  }

  private TaskState done(String task) throws MalformedJsonException {
    long number = answer("begin", withKey().put("task", task)).number("number");
    TaskState now = TaskStateJson.read(answer("task", withKey().put("number", number)));
    while (!now.isOver()) {
      Thread.onSpinWait();
      now = TaskStateJson.read(answer("task", withKey().put("number", number)));
    }
    return now;
  }

  @Test
  void hasTheWorkDoneAndSaysWhereTheIndexStands() throws MalformedJsonException {
    assertThat(done("REBUILD")).isEqualTo(new TaskState.Rebuilt(1, 0));
    assertThat(done("CHECK")).isInstanceOf(TaskState.Checked.class);
    JsonDocument shown = answer("show", withKey());
    assertThat(shown.number("inFlight")).isEqualTo(7);
    assertThat(shown.object("manifest", ManifestJson::read)).isEqualTo(Manifest.in(state));
  }

  @Test
  void givesUpTheRebuildThatWasBegun() throws MalformedJsonException {
    assertThat(answer("abandon", withKey()).has("generation")).isFalse();
    var retries = new Retries(_ -> {}, bound -> bound - 1);
    Generation left = new Rebuild(cache, state, retries, clock).begin();
    assertThat(answer("abandon", withKey()).number("generation")).isEqualTo(left.number());
    assertThat(Manifest.in(state).building()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "begin", "task", "abandon", "nothing"})
  void doesNothingWithoutTheKeyOfItsDataDirectory(String what) {
    ObjectNode asked = JsonDocument.object().put("task", "REBUILD").put("number", 1);
    assertThat(post(what, asked).status()).isEqualTo(400);
    assertThat(post(what, asked.put("key", "0".repeat(64))).status()).isEqualTo(403);
    assertThat(state.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"begin, task, DESTROY, 400", "begin, other, x, 400", "task, number, x, 400"})
  void refusesWhatIsNoTask(String what, String field, String value, int status) {
    assertThat(post(what, withKey().put(field, value)).status()).isEqualTo(status);
    assertThat(post("task", withKey().put("number", 99)).status()).isEqualTo(404);
    assertThat(post("nothing", withKey()).status()).isEqualTo(404);
    assertThat(routes.answer(new LocalRequest("GET", "/-/index/show", "")).status()).isEqualTo(400);
  }

  @Test
  void saysThatTheStoreFails() {
    var failing =
        new IndexRoutes(
            OperatorKey.in(directory),
            () -> {
              throw new StoreException("GetObject: it was so");
            },
            () -> 0,
            tasks);
    LocalAnswer answer =
        failing.answer(
            new LocalRequest(
                "POST", "/-/index/show", "", new String(JsonDocument.write(withKey()), UTF_8)));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("it was so");
  }
}

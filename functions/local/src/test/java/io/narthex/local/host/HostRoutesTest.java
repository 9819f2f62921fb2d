package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.revocation.RevokedKeys;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.store.ObjectKey;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.RedrivePolicy;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRoutesTest {
  private static final StorePathHash HASH = new StorePathHash("094kjp7qclgxssxiif2glpb3ls6czljp");

  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);
  private final List<ObjectKey> looks = new ArrayList<>();
  @TempDir private Path directory;
  private DurableQueue deadLetters;
  private DurableQueue queue;
  private HostRoutes routes;
  private String key = "";

  @BeforeEach
  void openQueues() throws IOException {
    deadLetters = DurableQueue.open(directory.resolve("dead"), clock);
    queue = DurableQueue.open(directory.resolve("queue"), clock, RedrivePolicy.to(deadLetters));
    OperatorKey operator = OperatorKey.in(directory);
    key = Files.readString(directory.resolve("operator-key")).strip();
    routes =
        new HostRoutes(
            operator, () -> new Status(1, 2, 3, 4, 5), queue::redrive, state, looks::addAll, clock);
  }

  @AfterEach
  void closeQueues() {
    queue.close();
    deadLetters.close();
  }

  @Test
  void revokesAPathAndHasItLookedAt() {
    assertThat(post("revoke", path(HASH.nix32()).put("reason", "a backdoor!")).body())
        .isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedPaths(state).of(HASH).orElseThrow().reason()).isEqualTo("a backdoor!");
    assertThat(post("revoke", path(HASH.nix32()).put("reason", "again")).body())
        .isEqualTo("{\"changed\":false}\n");
    assertThat(post("restore", path(HASH.nix32())).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedPaths(state).of(HASH)).isEmpty();
    assertThat(looks).hasSize(3).containsOnly(new ObjectKey(HASH + ".narinfo"));
  }

  @Test
  void revokesAKey() {
    var key = new SampleStore(1, "leaked-1").publicKey();
    ObjectNode what = withKey().put("publicKey", key.toString()).put("reason", "leaked");
    assertThat(post("revoke", what).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedKeys(state).all()).singleElement().matches(k -> k.key().equals(key));
    assertThat(post("restore", what).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedKeys(state).all()).isEmpty();
  }

  @Test
  void redrivesDeadLetters() {
    deadLetters.send("one");
    deadLetters.send("two");
    assertThat(post("redrive", withKey()).body()).isEqualTo("{\"redriven\":2}\n");
    assertThat(queue.depth().total()).isEqualTo(2);
    assertThat(deadLetters.depth().total()).isZero();
  }

  @Test
  void saysWhereTheHostStands() {
    assertThat(routes.answer(new LocalRequest("GET", "/-/status", "")).body())
        .isEqualTo(new Status(1, 2, 3, 4, 5).json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "restore", "redrive", "nothing"})
  void doesNothingWithoutTheKeyOfItsDataDirectory(String what) {
    deadLetters.send("one");
    ObjectNode asked = path(HASH.nix32()).put("reason", "mischief");
    assertThat(post(what, asked.deepCopy().put("key", "0".repeat(64))).status()).isEqualTo(403);
    assertThat(post(what, asked.deepCopy().put("key", "")).status()).isEqualTo(403);
    assertThat(post(what, asked.without(List.of("key"))).status()).isEqualTo(400);
    String query = "path=" + HASH + "&reason=mischief&key=" + key;
    assertThat(routes.answer(new LocalRequest("POST", "/-/" + what, query)).status())
        .isEqualTo(400);
    assertThat(state.requests()).isEmpty();
    assertThat(looks).isEmpty();
    assertThat(deadLetters.depth().total()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          revoke  | path      | 094kjp7qclgxssxiif2glpb3ls6czljp | ``     | a reason
          revoke  | path      | nonsense                         | x      | nonsense
          revoke  | other     | x                                | x      | path
          revoke  | publicKey | nonsense                         | x      | publicKey
          restore | path      | nonsense                         | x      | nonsense
          """)
  void refusesWhatIsNoPathOrKeyOrHasNoReason(
      String what, String field, String value, String reason, String says) {
    LocalAnswer answer = post(what, withKey().put(field, value).put("reason", reason));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
    assertThat(looks).isEmpty();
  }

  @Test
  void aRevocationWithoutAReasonIsRefused() {
    LocalAnswer answer = post("revoke", path(HASH.nix32()));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("reason");
    assertThat(looks).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, revoke", "GET, redrive", "POST, status", "POST, nothing", "DELETE, revoke"})
  void knowsNoOtherRoute(String method, String what) {
    String body = text(path(HASH.nix32()));
    assertThat(routes.answer(new LocalRequest(method, "/-/" + what, "", body)).status())
        .isEqualTo(404);
  }

  private ObjectNode withKey() {
    return JsonDocument.object().put("key", key);
  }

  private ObjectNode path(String hash) {
    return withKey().put("path", hash);
  }

  private LocalAnswer post(String what, ObjectNode json) {
    return routes.answer(new LocalRequest("POST", "/-/" + what, "", text(json)));
  }

  private static String text(ObjectNode json) {
    return new String(JsonDocument.write(json), StandardCharsets.UTF_8);
  }
}

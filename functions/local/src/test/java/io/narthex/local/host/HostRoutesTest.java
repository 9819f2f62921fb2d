package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRoutesTest {
  private static final StorePathHash HASH = new StorePathHash("094kjp7qclgxssxiif2glpb3ls6czljp");

  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);
  private final List<ObjectKey> looks = new ArrayList<>();
  @TempDir private Path directory;
  private DurableQueue deadLetters;
  private DurableQueue queue;
  private HostRoutes routes;

  @BeforeEach
  void openQueues() {
    deadLetters = DurableQueue.open(directory.resolve("dead"), clock);
    queue = DurableQueue.open(directory.resolve("queue"), clock, RedrivePolicy.to(deadLetters));
    routes = new HostRoutes(() -> new Status(1, 2, 3, 4, 5), queue, state, looks::addAll, clock);
  }

  @AfterEach
  void closeQueues() {
    queue.close();
    deadLetters.close();
  }

  @Test
  void revokesAPathAndHasItLookedAt() {
    assertThat(post("revoke", "path=" + HASH + "&reason=a+backdoor%21").body())
        .isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedPaths(state).of(HASH).orElseThrow().reason()).isEqualTo("a backdoor!");
    assertThat(post("revoke", "path=" + HASH + "&reason=again").body())
        .isEqualTo("{\"changed\":false}\n");
    assertThat(post("restore", "path=" + HASH).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedPaths(state).of(HASH)).isEmpty();
    assertThat(looks).hasSize(3).containsOnly(new ObjectKey(HASH + ".narinfo"));
  }

  @Test
  void revokesAKey() {
    var key = new SampleStore(1, "leaked-1").publicKey();
    String query = "key=" + key.toString().replace("+", "%2B") + "&reason=leaked";
    assertThat(post("revoke", query).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedKeys(state).all()).singleElement().matches(k -> k.key().equals(key));
    assertThat(post("restore", query).body()).isEqualTo("{\"changed\":true}\n");
    assertThat(new RevokedKeys(state).all()).isEmpty();
  }

  @Test
  void redrivesDeadLetters() {
    deadLetters.send("one");
    deadLetters.send("two");
    assertThat(post("redrive", "").body()).isEqualTo("{\"redriven\":2}\n");
    assertThat(queue.depth().total()).isEqualTo(2);
    assertThat(deadLetters.depth().total()).isZero();
  }

  @Test
  void saysWhereTheHostStands() {
    assertThat(routes.answer(new LocalRequest("GET", "/-/status", "")).body())
        .isEqualTo(new Status(1, 2, 3, 4, 5).json());
  }

  @ParameterizedTest
  @CsvSource({
    "revoke, path=094kjp7qclgxssxiif2glpb3ls6czljp, a reason",
    "revoke, path=094kjp7qclgxssxiif2glpb3ls6czljp&reason=, a reason",
    "revoke, path=nonsense&reason=x, nonsense",
    "revoke, reason=x, ''",
    "revoke, key=nonsense&reason=x, ''",
    "revoke, path=%zz&reason=x, ''",
    "restore, path=nonsense, nonsense"
  })
  void refusesWhatIsNoPathOrKeyOrHasNoReason(String what, String query, String says) {
    LocalAnswer answer = post(what, query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
    assertThat(looks).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, revoke", "GET, redrive", "POST, status", "POST, nothing", "DELETE, revoke"})
  void knowsNoOtherRoute(String method, String what) {
    assertThat(routes.answer(new LocalRequest(method, "/-/" + what, "path=" + HASH)).status())
        .isEqualTo(404);
  }

  private LocalAnswer post(String what, String query) {
    return routes.answer(new LocalRequest("POST", "/-/" + what, query));
  }
}

package io.narthex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract of the port. */
class MemoryStoreTest extends VersionedStoreContract {
  private static final ObjectKey KEY = new ObjectKey("conflict");
  private static final NewObject OBJECT = NewObject.of("x".getBytes(UTF_8), "text/plain");

  private final MemoryStore store = new MemoryStore(new MovableClock());

  @Override
  protected VersionedStore store() {
    return store;
  }

  private PutResult putWith(Fault... faults) {
    Queue<Fault> left = new ArrayDeque<>(List.of(faults));
    store.failing(_ -> left.isEmpty() ? Fault.NONE : left.remove());
    return store.putIfAbsent(KEY, OBJECT);
  }

  @Test
  void makesAWriteAgainThatMetAnotherOne() {
    assertThat(putWith(Fault.CONFLICT, Fault.CONFLICT)).isInstanceOf(PutResult.Stored.class);
    assertThat(store.requests()).hasSize(3);
  }

  @Test
  void refusesAWriteThatMeetsItself() {
    assertThat(putWith(Fault.CONFLICT_THOUGH_DONE))
        .isInstanceOf(PutResult.PreconditionFailed.class);
    assertThat(store.head(KEY)).isPresent();
  }

  @Test
  void failsAWriteThatMeetsOthersAgainAndAgain() {
    Fault again = Fault.CONFLICT;
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> putWith(again, again, again, again, again));
    store.failing(Fault.Plan.NEVER);
    assertThat(store.head(KEY)).isEmpty();
  }
}

package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildProgressTest {
  private static final int PATHS = 60;

  /** Deep enough for four pieces. */
  private static final int DEPTH = 7;

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final Rebuild rebuild =
      new Rebuild(cache, state, new Retries(_ -> {}, bound -> bound - 1), clock);

  /** What was heard: paths done, of how many. */
  private record Heard(String step, long done, long total) {}

  private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void fill() {
    var store = new SampleStore(1);
    for (int i = 0; i < PATHS; i++) {
      SamplePath path = store.path("path-" + i);
      cache.putIfAbsent(
          new NarInfoPath(path.storePath().hash()).key(),
          NewObject.of(path.narInfoBytes(), "text/x-nix-narinfo"));
    }
  }

  private void hear(String step, long done, long total) {
    heard.add(new Heard(step, done, total));
  }

  @Test
  void beginsWithNothingAndEndsWithAll() {
    var _ = rebuild.run(this::hear);
    assertThat(heard.getFirst()).isEqualTo(new Heard(Rebuild.Progress.PATHS, 0, PATHS));
    assertThat(paths().getLast()).isEqualTo(new Heard(Rebuild.Progress.PATHS, PATHS, PATHS));
  }

  private List<Heard> paths() {
    return heard.stream().filter(one -> one.step().equals(Rebuild.Progress.PATHS)).toList();
  }

  @Test
  void whatWasDoneBeforeItWasStoppedCounts() {
    Generation generation = rebuild.begin(DEPTH);
    assertThat(rebuild.pieces(generation)).hasSize(4);
    var ended = new AtomicInteger();
    state.failing(
        request ->
            request.isWrite() && request.key().contains("/pieces/") && ended.incrementAndGet() > 4
                ? Fault.NOT_DONE
                : Fault.NONE);
    List<Slice> pieces = rebuild.pieces(generation);
    long first = rebuild.build(generation, pieces.get(0));
    long second = rebuild.build(generation, pieces.get(1));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> rebuild.build(generation, pieces.get(2)));
    state.failing(Fault.Plan.NEVER);

    var _ = rebuild.run(this::hear);
    assertThat(first + second).isBetween(1L, PATHS - 1L);
    assertThat(heard.getFirst())
        .isEqualTo(new Heard(Rebuild.Progress.PATHS, first + second, PATHS));
    assertThat(paths().getLast()).isEqualTo(new Heard(Rebuild.Progress.PATHS, PATHS, PATHS));
    assertThat(paths().stream().map(Heard::done).distinct().count()).isGreaterThan(10);
  }
}

package io.narthex.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.Retries;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.NewObject;
import io.narthex.local.index.TaskState.Checked;
import io.narthex.local.index.TaskState.Failed;
import io.narthex.local.index.TaskState.Rebuilt;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TasksTest {
  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private volatile Runnable settle = () -> {};
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Tasks tasks =
      new Tasks(
          cache,
          state,
          new Retries(_ -> {}, bound -> bound - 1),
          clock,
          _ -> settle.run(),
          failures::add);
  private final SampleStore store = new SampleStore(1);

  @AfterEach
  void end() {
    tasks.close();
  }

  private SamplePath upload(String name) {
    SamplePath path = store.path(name);
    cache.putIfAbsent(
        new NarInfoPath(path.storePath().hash()).key(),
        NewObject.of(path.narInfoBytes(), "text/x-nix-narinfo"));
    return path;
  }

  private TaskState done(Task task) {
    return await(tasks.begin(task));
  }

  private TaskState await(long number) {
    TaskState now = tasks.state(number).orElseThrow();
    while (!now.isOver()) {
      Thread.onSpinWait();
      now = tasks.state(number).orElseThrow();
    }
    return now;
  }

  @Test
  void rebuildsChecksAndRepairs() {
    SamplePath kept = upload("kept-1.0");
    SamplePath removed = upload("removed-1.0");
    assertThat(done(Task.REBUILD)).isEqualTo(new Rebuilt(1, 2));
    assertThat(done(Task.CHECK)).isEqualTo(Checked.of(2, Map.of(), false));
    StorePathHash gone = removed.storePath().hash();
    cache.delete(new NarInfoPath(gone).key());
    assertThat(done(Task.CHECK)).isEqualTo(Checked.of(1, Map.of(gone, Drift.GONE), false));
    assertThat(done(Task.REPAIR)).isEqualTo(Checked.of(1, Map.of(gone, Drift.GONE), true));
    assertThat(done(Task.CHECK)).isEqualTo(Checked.of(1, Map.of(), false));
    assertThat(kept.storePath().hash()).isNotEqualTo(gone);
    assertThat(failures).isEmpty();
  }

  /** An upload whose message comes while the index is checked. */
  @Test
  void whatWasOnlyOnItsWayIsNoDrift() {
    assertThat(done(Task.REBUILD)).isEqualTo(new Rebuilt(1, 0));
    StorePathHash late = upload("late-1.0").storePath().hash();
    StorePathHash lost = upload("lost-1.0").storePath().hash();
    settle =
        () -> {
          var update = new IndexUpdate(cache, state, new Retries(_ -> {}, bound -> bound - 1));
          assertThat(update.look(List.of(late)).isCrowded()).isFalse();
        };
    assertThat(done(Task.CHECK)).isEqualTo(Checked.of(2, Map.of(lost, Drift.UNKNOWN), false));
  }

  @Test
  void saysWhyATaskFailedAndGoesOnWhenItIsBegunAgain() {
    upload("one-1.0");
    assertThat(done(Task.CHECK)).isInstanceOf(Failed.class);
    assertThat(failures).singleElement().asString().startsWith("checking the index: ");
    state.failing(request -> Fault.NOT_DONE);
    assertThat(done(Task.REBUILD)).isInstanceOf(Failed.class);
    state.failing(Fault.Plan.NEVER);
    assertThat(done(Task.REBUILD)).isEqualTo(new Rebuilt(1, 1));
    assertThat(Manifest.in(state).building()).isEmpty();
  }

  /** Else whoever asked waits for ever, and whoever asks again joins what has ended. */
  @Test
  void hasFailedWhenTheMemoryDidNotSuffice() {
    upload("one-1.0");
    state.interleaving(
        _ -> {
          throw new OutOfMemoryError("Java heap space");
        });
    assertThat(done(Task.REBUILD))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).contains("Java heap space"));
    state.interleaving(_ -> {});
    assertThat(done(Task.REBUILD)).isEqualTo(new Rebuilt(1, 1));
  }

  /** As a file does that is written by a thread that is interrupted. */
  @Test
  void endsWithoutNoiseInTheMiddleOfAWrite() throws InterruptedException {
    var writing = new CompletableFuture<Thread>();
    state.interleaving(
        _ -> {
          writing.complete(Thread.currentThread());
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new UncheckedIOException(new ClosedByInterruptException());
          }
        });
    var noise = new CopyOnWriteArrayList<Throwable>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, e) -> noise.add(e));
    try {
      long task = tasks.begin(Task.REBUILD);
      Thread thread = writing.join();
      tasks.close();
      thread.join();
      assertThat(await(task)).isInstanceOf(Failed.class);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(noise).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void whoAsksForTheSameMeanwhileSharesIt() throws InterruptedException {
    upload("one-1.0");
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    state.interleaving(
        _ -> {
          asked.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long first = tasks.begin(Task.REBUILD);
    asked.await();
    assertThat(tasks.begin(Task.REBUILD)).isEqualTo(first);
    long other = tasks.begin(Task.CHECK);
    assertThat(other).isNotEqualTo(first);
    assertThat(tasks.state(first).orElseThrow().isOver()).isFalse();
    go.countDown();
    assertThat(await(first)).isEqualTo(new Rebuilt(1, 1));
    assertThat(await(other)).isInstanceOf(Checked.class);
    assertThat(tasks.begin(Task.REBUILD)).isNotEqualTo(first);
    assertThat(tasks.state(99)).isEmpty();
  }

  @Test
  void givesUpARebuildThatRunsAndBeginsAnotherOne() throws InterruptedException {
    upload("one-1.0");
    var building = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var isFirst = new AtomicBoolean(true);
    state.interleaving(
        request -> {
          if (request.key().startsWith("index/1/shards/") && isFirst.getAndSet(false)) {
            building.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    long first = tasks.begin(Task.REBUILD);
    building.await();
    assertThat(tasks.abandon().map(Generation::number)).contains(1);
    assertThat(tasks.abandon()).isEmpty();
    long second = tasks.begin(Task.REBUILD);
    go.countDown();
    assertThat(await(first)).isEqualTo(new Failed("the rebuild was given up"));
    assertThat(second).isNotEqualTo(first);
    assertThat(await(second)).isEqualTo(new Rebuilt(2, 1));
  }

  @Test
  void allStatesAreTheSameBehindJson() throws MalformedJsonException {
    var hash = new StorePathHash("094kjp7qclgxssxiif2glpb3ls6czljp");
    for (TaskState one :
        List.of(
            new TaskState.Running("paths", 3, 7),
            new Rebuilt(3, 7),
            new Checked(
                7,
                3,
                Map.of(Drift.SET, 2L, Drift.GONE, 1L),
                Checked.of(1, Map.of(hash, Drift.SET), true).found(),
                3),
            new Failed("why"))) {
      assertThat(
              TaskStateJson.read(JsonDocument.parse(JsonDocument.write(TaskStateJson.write(one)))))
          .isEqualTo(one);
    }
  }
}

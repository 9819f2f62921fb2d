package io.narthex.local.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexCheck;
import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.index.LeftRebuild;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.local.index.TaskState.Checked;
import io.narthex.local.index.TaskState.Failed;
import io.narthex.local.index.TaskState.Rebuilt;
import io.narthex.local.index.TaskState.Running;
import io.narthex.nix.path.StorePathHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Works on the index of a cache in the background, one task after the other. Whoever asks for what
 * somebody has asked for already, and is not over, shares it. The process may end at any time:
 * whatever runs then is begun again and goes on where it was.
 */
public final class Tasks implements AutoCloseable {
  /** After so long a message about a path has been done with, unless there are very many. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** So many are remembered. */
  private static final int REMEMBERED = 100;

  private final Rebuild rebuild;
  private final IndexCheck check;
  private final ObjectStore state;
  private final Retries retries;
  private final Clock clock;
  private final Retries.Sleep sleep;
  private final Consumer<String> failures;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("index").factory());
  private long last;

  /**
   * Begins nothing yet.
   *
   * @param sleep lets messages that are on their way arrive
   * @param failures hears of tasks that failed, a text each
   */
  public Tasks(
      VersionedStore cache,
      ObjectStore state,
      Retries retries,
      Clock clock,
      Retries.Sleep sleep,
      Consumer<String> failures) {
    this.rebuild = new Rebuild(cache, state, retries, clock);
    this.check = new IndexCheck(cache, state, retries);
    this.state = requireNonNull(state, "state is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.sleep = requireNonNull(sleep, "sleep is null");
    this.failures = requireNonNull(failures, "failures is null");
  }

  private static final class Entry {
    final Task task;
    volatile TaskState state = Running.BEGUN;
    volatile boolean isGivenUp;

    Entry(Task task) {
      this.task = task;
    }

    boolean isGoing(Task asked) {
      return task == asked && !state.isOver() && !isGivenUp;
    }
  }

  /** Has a task done; its number. */
  public synchronized long begin(Task task) {
    Optional<Long> same =
        entries.entrySet().stream()
            .filter(one -> one.getValue().isGoing(task))
            .map(Map.Entry::getKey)
            .max(Comparator.naturalOrder());
    return same.orElseGet(() -> add(task));
  }

  /**
   * Gives up the rebuild that was begun, also one that runs here, which fails then.
   *
   * @return what was being built; empty if nothing was
   */
  public synchronized Optional<Generation> abandon() {
    Optional<Generation> left = LeftRebuild.giveUp(state, retries, clock);
    if (left.isPresent()) {
      entries.values().stream()
          .filter(entry -> entry.isGoing(Task.REBUILD))
          .forEach(entry -> entry.isGivenUp = true);
    }
    return left;
  }

  private long add(Task task) {
    var entry = new Entry(task);
    entries.put(++last, entry);
    entries.remove(last - REMEMBERED);
    executor.execute(() -> run(entry));
    return last;
  }

  /** How the task of a number is getting on; empty if there was none lately. */
  public synchronized Optional<TaskState> state(long number) {
    return Optional.ofNullable(entries.get(number)).map(entry -> entry.state);
  }

  private void run(Entry entry) {
    try {
      entry.state =
          switch (entry.task) {
            case REBUILD -> rebuild(entry);
            case CHECK -> check(entry, false);
            case REPAIR -> check(entry, true);
          };
    } catch (StoreException e) {
      if (!executor.isShutdown()) {
        failures.accept(what(entry.task) + ": " + e.getMessage());
      }
      entry.state = new Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // Whoever waits for it would wait for ever.
      entry.state = new Failed(e.toString());
      // What is interrupted by the end fails somehow.
      if (!executor.isShutdown() || e instanceof Error) {
        throw e;
      }
    }
  }

  private static String what(Task task) {
    return switch (task) {
      case REBUILD -> "rebuilding the index";
      case CHECK, REPAIR -> "checking the index";
    };
  }

  private TaskState rebuild(Entry entry) {
    Rebuild.Finished finished =
        rebuild.run(
            (step, done, total) -> {
              if (entry.isGivenUp) {
                throw new StoreException("the rebuild was given up");
              }
              entry.state = new Running(step, done, total);
            });
    var _ = rebuild.expire();
    return new Rebuilt(finished.generation().number(), finished.paths());
  }

  private TaskState check(Entry entry, boolean repairs) {
    IndexCheck.Checked first = compared(entry);
    Map<StorePathHash, Drift> drift = new HashMap<>(first.drift());
    if (repairs) {
      check.repair(drift);
    } else if (!drift.isEmpty()) {
      sleep.sleep(SETTLING);
      drift.entrySet().retainAll(compared(entry).drift().entrySet());
    }
    return Checked.of(first.paths(), drift, repairs);
  }

  private IndexCheck.Checked compared(Entry entry) {
    long total = Manifest.in(state).served().map(Manifest.Served::paths).orElse(0L);
    return check.check(paths -> entry.state = new Running("paths", paths, Math.max(paths, total)));
  }

  /** Ends what runs, which goes on when it is begun again. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}

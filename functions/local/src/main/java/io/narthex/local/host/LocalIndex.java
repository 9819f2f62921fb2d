package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.sqs.IndexLook;
import io.narthex.cache.index.IndexMessages;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.index.IndexHandler;
import io.narthex.index.IndexLog;
import io.narthex.index.IndexWiring;
import io.narthex.local.index.Task;
import io.narthex.local.index.Tasks;
import io.narthex.local.pump.EventPump;
import io.narthex.local.pump.EventSource;
import io.narthex.local.pump.LambdaFunction;
import io.narthex.local.pump.PumpConfig;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.RedrivePolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The queue of the index, the function behind it, and the rebuilds that it needs. */
final class LocalIndex implements AutoCloseable {
  private static final String INDEX = "index";
  private static final int MEMORY_MB = 1024;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final PumpConfig PUMP =
      new PumpConfig(10, 1, TIMEOUT.plusMinutes(1), Duration.ofSeconds(2), DRAIN);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final DurableQueue deadLetters;
  private final DurableQueue queue;

  /** With its queues in a data directory; nothing is done with its messages yet. */
  LocalIndex(Path data, Clock clock) {
    boolean opened = false;
    try {
      deadLetters = closing(DurableQueue.open(data.resolve("index-dead-letters"), clock));
      queue =
          closing(
              DurableQueue.open(data.resolve("index-queue"), clock, RedrivePolicy.to(deadLetters)));
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /**
   * Begins to do what messages say, and builds the index if there is none, or if that was left;
   * ends that when it is closed, before the queues are.
   */
  Working start(
      VersionedStore cache, ObjectStore state, String region, OutcomeView view, Clock clock) {
    var tasks =
        new Tasks(
            cache, state, IndexWiring.retries(), clock, IndexWiring::pause, view::showFailure);
    if (isRebuildNeeded(state, view)) {
      var _ = tasks.begin(Task.REBUILD);
    }
    Runnable crowded =
        () -> {
          var _ = tasks.begin(Task.REBUILD);
        };
    var handler = new IndexHandler(IndexWiring.of(cache, state, crowded), new FailuresOnly(view));
    var pump =
        EventPump.start(
            queue,
            new EventSource(region, LocalAccount.ID, INDEX),
            new LambdaFunction(INDEX, handler, TIMEOUT, MEMORY_MB, new QuietLogger()),
            PUMP,
            failure -> PumpFailures.text(failure).ifPresent(view::showFailure),
            clock);
    return new Working(pump, tasks, state);
  }

  /** Nothing that is served depends on it, and to rebuild what cannot be read takes this host. */
  private static boolean isRebuildNeeded(ObjectStore state, OutcomeView view) {
    try {
      Manifest manifest = Manifest.in(state);
      return manifest.served().isEmpty() || manifest.building().isPresent();
    } catch (StoreException e) {
      view.showFailure("the index: " + e.getMessage());
      return false;
    }
  }

  /** What works on the index until it is closed. */
  record Working(EventPump pump, Tasks tasks, ObjectStore state) implements AutoCloseable {
    Working {
      requireNonNull(pump, "pump is null");
      requireNonNull(tasks, "tasks is null");
      requireNonNull(state, "state is null");
    }

    Manifest manifest() {
      return Manifest.in(state);
    }

    @Override
    public void close() {
      pump.close();
      tasks.close();
    }
  }

  /** The way to the queue. */
  IndexMessages messages() {
    return hashes -> {
      var _ = queue.sendAll(hashes.stream().map(hash -> new IndexLook(hash).body()).toList());
    };
  }

  /** Messages that are not done with. */
  int inFlight() {
    return queue.depth().total();
  }

  /** Messages that were given up. */
  int deadLetters() {
    return deadLetters.depth().total();
  }

  /** Has those done again; how many there were. */
  int redrive() {
    return queue.redrive();
  }

  /** People watch uploads: of the index they hear what fails. */
  private record FailuresOnly(OutcomeView view) implements IndexLog {
    FailuresOnly {
      requireNonNull(view, "view is null");
    }

    @Override
    public void updated(int paths, boolean isCrowded, long elapsedMs, String requestId) {}

    @Override
    public void failed(Exception e, String requestId) {
      view.showFailure("the index: " + e.getMessage());
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.addFirst(part);
    return part;
  }

  @Override
  public void close() {
    parts.forEach(Closing::quietly);
    parts.clear();
  }
}

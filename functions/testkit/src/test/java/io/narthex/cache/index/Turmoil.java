package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Changes, the messages that tell of them, and those who keep and rebuild the index, all at the
 * same time: each message is delivered at least once, in any order, also long after it was given
 * up; everybody crashes, sleeps for up to days and gets wrong answers at every request.
 */
final class Turmoil {
  private static final int MAX_RECEIVES = 3;
  private static final int BATCH = 5;

  private final IndexedWorld world;
  private final WorldChanges changes;
  private final RandomGenerator random;
  private final Turns turns;
  private final Retries retries;
  private final List<Message> queue = new ArrayList<>();
  private final List<StorePathHash> deadLetters = new ArrayList<>();
  private final Set<Fault> injected = EnumSet.noneOf(Fault.class);
  private int eventsLeft;

  private record Message(StorePathHash hash, int receives) {
    Message {
      requireNonNull(hash, "hash is null");
    }
  }

  /** A process that is gone in the middle of a request. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Turmoil(IndexedWorld world, WorldChanges changes, RandomGenerator random) {
    this.world = requireNonNull(world, "world is null");
    this.changes = requireNonNull(changes, "changes is null");
    this.random = requireNonNull(random, "random is null");
    this.turns = new Turns(world.clock());
    this.retries = new Retries(turns::pass, random::nextLong);
  }

  /** Which faults there were, and that there were none, so far. */
  Set<Fault> injected() {
    return injected;
  }

  /** Lets that many changes happen, and what follows from them. */
  void run(int events) {
    eventsLeft = events;
    Stream.of(world.cache(), world.state())
        .forEach(
            store -> {
              store.failing(this::fault);
              store.interleaving(_ -> request());
            });
    turns.run(
        List.of(
            repeatedly(10, this::change),
            repeatedly(10, this::change),
            repeatedly(1, this::deliver),
            repeatedly(1, this::deliver),
            repeatedly(1, this::deliver),
            repeatedly(100, this::rebuild),
            repeatedly(100, this::rebuild),
            repeatedly(200, this::keep)));
    Stream.of(world.cache(), world.state())
        .forEach(
            store -> {
              store.failing(Fault.Plan.NEVER);
              store.interleaving(_ -> {});
            });
  }

  /** Delivers what is left, and what was given up; there is an index after that. */
  void settle() {
    redrive();
    while (!queue.isEmpty()) {
      world.looked(List.of(queue.removeFirst().hash()));
    }
    if (world.manifest().served().isEmpty()) {
      world.rebuild();
    }
  }

  /** A process that does something every so many seconds or so, and goes on if it crashes. */
  private Runnable repeatedly(int seconds, Runnable action) {
    return () -> {
      while (eventsLeft > 0) {
        turns.pass(Duration.ofMillis(random.nextInt(2000 * seconds)));
        try {
          action.run();
        } catch (StoreException | Crash e) {
          // A message comes again; a rebuild goes on some time.
        }
      }
    };
  }

  /** Most answers come soon; some processes sleep meanwhile. */
  private void request() {
    if (random.nextInt(400) == 0) {
      throw new Crash();
    }
    turns.pass(random.nextInt(20) == 0 ? anyTime() : Duration.ofMillis(random.nextInt(20)));
  }

  /** As many pauses of seconds as of minutes or hours; some are longer than anything. */
  private Duration anyTime() {
    return random.nextInt(200) == 0
        ? Duration.ofDays(random.nextInt(10))
        : Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 24)));
  }

  private Fault fault(Fault.Request request) {
    Fault fault = anyFault(request);
    injected.add(fault);
    return fault;
  }

  private Fault anyFault(Fault.Request request) {
    boolean isConditional = request.operation().equals("PutObject");
    return switch (random.nextInt(200)) {
      case 0, 1 -> Fault.NOT_DONE;
      case 2, 3 -> request.isWrite() ? Fault.DONE : Fault.NONE;
      case 4, 5 -> isConditional ? Fault.REFUSED : Fault.NONE;
      case 6, 7 -> isConditional ? Fault.REFUSED_THOUGH_DONE : Fault.NONE;
      case 8, 9 -> isConditional ? Fault.CONFLICT : Fault.NONE;
      case 10, 11 -> isConditional ? Fault.CONFLICT_THOUGH_DONE : Fault.NONE;
      default -> Fault.NONE;
    };
  }

  /** Half of what happens is that a path is hidden, and soon is as it was. */
  private void change() {
    eventsLeft--;
    StorePathHash hash = world.paths().get(random.nextInt(world.paths().size()));
    if (random.nextBoolean()) {
      telling(hash, () -> changes.change(hash));
      return;
    }
    Tags before = world.cache().tagsNow(new NarInfoPath(hash).key()).orElse(Tags.NONE);
    telling(hash, () -> changes.tag(hash, VerdictTag.WAITING.on(before)));
    turns.pass(Duration.ofMillis(random.nextInt(20_000)));
    telling(hash, () -> changes.tag(hash, before));
  }

  /** Whoever crashed before it told of a change is called again, and tells of it then. */
  private void telling(StorePathHash hash, Runnable change) {
    try {
      change.run();
    } finally {
      queue.add(new Message(hash, 0));
    }
  }

  private void deliver() {
    var batch = new ArrayList<Message>();
    for (int i = random.nextInt(BATCH); i >= 0 && !queue.isEmpty(); i--) {
      batch.add(queue.remove(random.nextInt(queue.size())));
    }
    boolean isDone = false;
    try {
      world.update(retries).look(batch.stream().map(Message::hash).distinct().toList());
      isDone = true;
    } finally {
      if (!isDone || random.nextInt(10) == 0) {
        batch.forEach(this::giveBack);
      }
    }
  }

  private void giveBack(Message message) {
    if (message.receives() + 1 < MAX_RECEIVES) {
      queue.add(new Message(message.hash(), message.receives() + 1));
    } else {
      deadLetters.add(message.hash());
    }
  }

  private void redrive() {
    deadLetters.forEach(hash -> queue.add(new Message(hash, 0)));
    deadLetters.clear();
  }

  /** All of it, or one step, as the distributed one does. */
  private void rebuild() {
    Rebuild rebuild = world.rebuild(retries);
    Generation generation = rebuild.begin(random.nextInt(5));
    List<Slice> pieces = rebuild.pieces(generation);
    List<Slice> partitions = rebuild.partitions(generation);
    switch (random.nextInt(5)) {
      case 0 -> rebuild.build(generation, pieces.get(random.nextInt(pieces.size())));
      case 1 -> rebuild.sort(generation, partitions.get(random.nextInt(partitions.size())));
      case 2 -> rebuild.finish(generation);
      default -> {
        pieces.forEach(piece -> rebuild.build(generation, piece));
        partitions.forEach(partition -> rebuild.sort(generation, partition));
        rebuild.finish(generation);
      }
    }
  }

  private void keep() {
    switch (random.nextInt(4)) {
      case 0 -> world.rebuild(retries).expire();
      case 1 -> redrive();
      case 2 -> turns.pass(Duration.ofHours(random.nextInt(48)));
      default -> {}
    }
  }
}

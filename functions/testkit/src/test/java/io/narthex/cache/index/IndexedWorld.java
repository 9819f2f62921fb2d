package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Two buckets with paths that come, are judged, change and go, and the index of them. */
final class IndexedWorld {
  private final Random random;
  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final WorldChanges changes;
  private final List<StorePathHash> paths;
  private final Retries retries;
  private int depth;

  /** One seed is one history. */
  IndexedWorld(long seed, int paths, int depth) {
    this.random = new Random(seed);
    this.depth = depth;
    this.paths = random.ints(paths, 0, 1 << 20).mapToObj(IndexedWorld::hash).distinct().toList();
    this.changes = new WorldChanges(cache, state, clock, random);
    this.retries = new Retries(_ -> {}, random::nextLong);
  }

  private static StorePathHash hash(int number) {
    var text = new StringBuilder();
    for (int i = 15; i >= 0; i -= 5) {
      text.append(Nix32.ALPHABET.charAt((number >>> i) & 31));
    }
    return new StorePathHash(text + "0".repeat(StorePathHash.LENGTH - 4));
  }

  MemoryStore cache() {
    return cache;
  }

  MemoryStore state() {
    return state;
  }

  MovableClock clock() {
    return clock;
  }

  List<StorePathHash> paths() {
    return paths;
  }

  /** Lets that many things happen, with all that can go wrong; some messages are left. */
  Turmoil happen(int events) {
    var turmoil = new Turmoil(this, changes, random);
    turmoil.run(events);
    return turmoil;
  }

  /** Lets that many things happen, and delivers all messages after that. */
  void settled(int events) {
    happen(events).settle();
  }

  IndexUpdate update(Retries pausing) {
    return new IndexUpdate(cache, state, pausing, new Parallel(1), new Parallel(1));
  }

  Rebuild rebuild(Retries pausing) {
    return new Rebuild(cache, state, pausing, clock, new Parallel(1));
  }

  /** A whole rebuild, from its beginning or from where it was left. */
  void rebuild() {
    rebuild(retries).finish(rebuildLeftBeforeItsEnd());
  }

  /** All of it but the swap of the manifest. */
  Generation rebuildLeftBeforeItsEnd() {
    Rebuild rebuild = rebuild(retries);
    Generation generation = rebuild.begin(depth);
    rebuild.pieces(generation).forEach(piece -> rebuild.build(generation, piece));
    rebuild.partitions(generation).forEach(partition -> rebuild.sort(generation, partition));
    return generation;
  }

  /** What one generation says of a path. */
  Optional<Entry> entry(Generation generation, StorePathHash hash) {
    return new IndexObjects(state)
        .shard(generation, generation.shard(hash))
        .value()
        .flatMap(shard -> shard.entry(hash));
  }

  /** At the next rebuild. */
  void depth(int changed) {
    depth = changed;
  }

  int depth() {
    return depth;
  }

  /** Has the index look at these, as messages do. */
  void looked(Collection<StorePathHash> hashes) {
    update(retries).look(hashes);
  }

  /** An upload of which no message tells. */
  void uploadUntold(StorePathHash hash) {
    changes.upload(hash);
  }

  /** The same of one that is a narinfo for certain. */
  void uploadReadable(StorePathHash hash) {
    changes.uploadReadable(hash);
  }

  /** A report of which no message tells; the narinfo is gone then. */
  void rejectUntold(StorePathHash hash, Standing standing) {
    cache.delete(new NarInfoPath(hash).key());
    changes.reject(hash, standing);
  }

  /** A verdict of which no message tells. */
  void verdictUntold(StorePathHash hash, VerdictTag verdict) {
    var key = new NarInfoPath(hash).key();
    cache.tag(key, cache.tags(key).orElseThrow().version(), verdict.on(Tags.NONE));
  }

  /** Something else in the place of an object. */
  void corrupt(ObjectKey key) {
    state.upload(key.value(), "something else".getBytes(UTF_8));
  }

  /** Right before the first request of a kind, others do something. */
  static void beforeFirst(MemoryStore store, Predicate<Fault.Request> which, Runnable others) {
    var done = new AtomicBoolean();
    store.interleaving(
        request -> {
          if (which.test(request) && done.compareAndSet(false, true)) {
            others.run();
          }
        });
  }

  Manifest manifest() {
    return new IndexObjects(state).manifest().value();
  }

  /** The generation that is read. */
  Generation served() {
    return manifest().served().orElseThrow().generation();
  }

  /** What the index should say: a function of the two buckets. */
  List<Entry> truth() {
    Observer observer = new Observer(cache, state);
    return paths.stream().sorted().flatMap(hash -> observer.observe(hash).stream()).toList();
  }

  /** What the shards of the generation that is read say. */
  List<Entry> entries() {
    var objects = new IndexObjects(state);
    Generation served = served();
    return Slice.ALL
        .split(served.depth())
        .map(slice -> objects.shard(served, slice).value())
        .flatMap(Optional::stream)
        .flatMap(shard -> shard.entries().values().stream())
        .toList();
  }
}

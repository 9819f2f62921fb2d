package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Two buckets in which paths come, are judged, change and go, and the messages that say so: each is
 * delivered at least once, in any order, by writers that crash and meet each other at every
 * request. One seed is one history.
 */
final class IndexedWorld {
  private static final int MAX_NESTED = 3;

  private final Random random;
  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final List<StorePathHash> paths;
  private final List<StorePathHash> messages = new ArrayList<>();
  private final Retries retries;
  private int depth;
  private int nested;

  /** A process that is gone in the middle of a request. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  IndexedWorld(long seed, int paths, int depth) {
    this.random = new Random(seed);
    this.depth = depth;
    this.paths = random.ints(paths, 0, 1 << 20).mapToObj(IndexedWorld::hash).distinct().toList();
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

  /** Lets that many things happen, with all that can go wrong. */
  void happen(int events) {
    cache.failing(this::fault);
    state.failing(this::fault);
    cache.interleaving(this::meanwhile);
    state.interleaving(this::meanwhile);
    for (int i = 0; i < events; i++) {
      survive(this::somethingHappens);
    }
    calm();
  }

  private void calm() {
    cache.failing(Fault.Plan.NEVER);
    state.failing(Fault.Plan.NEVER);
    cache.interleaving(() -> {});
    state.interleaving(() -> {});
  }

  /** Delivers what is left, and ends a rebuild that was left. */
  void settle() {
    while (!messages.isEmpty()) {
      deliver();
    }
    if (new IndexObjects(state).manifest().value().building().isPresent()) {
      rebuild();
    }
  }

  /** A whole rebuild, from its beginning or from where it was left. */
  void rebuild() {
    Rebuild rebuild = new Rebuild(cache, state, retries, clock, new Parallel(1));
    Generation generation = rebuild.begin(depth);
    rebuild.pieces(generation).forEach(piece -> rebuild.build(generation, piece));
    rebuild.partitions(generation).forEach(partition -> rebuild.sort(generation, partition));
    rebuild.finish(generation);
  }

  /** At the next rebuild. */
  void depth(int changed) {
    depth = changed;
  }

  private void somethingHappens() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> change(anyPath());
      case 4 -> rebuild();
      case 5 -> new Rebuild(cache, state, retries, clock, new Parallel(1)).expire();
      case 6 -> clock.advance(Duration.ofDays(3));
      case 7 -> depth = random.nextInt(5);
      default -> deliver();
    }
  }

  private void survive(Runnable action) {
    try {
      action.run();
    } catch (StoreException | Crash e) {
      // A message comes again; a rebuild is begun again some time.
    }
  }

  /** Others do something between two requests. */
  private void meanwhile() {
    if (random.nextInt(500) == 0) {
      throw new Crash();
    }
    if (nested < MAX_NESTED && random.nextInt(10) == 0) {
      nested++;
      try {
        survive(this::somethingHappens);
      } finally {
        nested--;
      }
    }
  }

  private Fault fault(Fault.Request request) {
    return switch (random.nextInt(100)) {
      case 0 -> Fault.NOT_DONE;
      case 1 -> request.isWrite() ? Fault.DONE : Fault.NONE;
      default -> Fault.NONE;
    };
  }

  private void deliver() {
    if (messages.isEmpty()) {
      return;
    }
    List<StorePathHash> batch = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0 && !messages.isEmpty(); i--) {
      batch.add(messages.remove(random.nextInt(messages.size())));
    }
    boolean isDone = false;
    try {
      new IndexUpdate(cache, state, retries, new Parallel(1), new Parallel(1)).look(batch);
      isDone = true;
    } finally {
      if (!isDone || random.nextInt(10) == 0) {
        messages.addAll(batch);
      }
    }
  }

  private StorePathHash anyPath() {
    return paths.get(random.nextInt(paths.size()));
  }

  /** One change, as uploaders, the verifying function and operators make them; then its message. */
  private void change(StorePathHash hash) {
    try {
      change(hash, new NarInfoPath(hash));
    } finally {
      // Whoever crashed before it said so is called again, and says so then.
      messages.add(hash);
    }
  }

  private void change(StorePathHash hash, NarInfoPath path) {
    Optional<TaggedVersion> current = cache.tags(path.key());
    switch (random.nextInt(6)) {
      case 0, 1 -> cache.upload(path.key().value(), narInfo(hash));
      case 2 -> current.ifPresent(there -> judge(path, there, VerdictTag.VERIFIED));
      case 3 -> current.ifPresent(there -> judge(path, there, VerdictTag.WAITING));
      case 4 -> current.ifPresent(there -> reject(hash, path, there.version()));
      default -> cache.delete(path.key());
    }
  }

  private void judge(NarInfoPath path, TaggedVersion there, VerdictTag verdict) {
    Tags tags = random.nextBoolean() ? there.tags() : there.tags().with("team", "a");
    cache.tag(path.key(), there.version(), verdict.on(tags));
  }

  private void reject(StorePathHash hash, NarInfoPath path, VersionId version) {
    Reports reports = new Reports(state);
    reports.replace(reports.read(hash), report(hash, version));
    cache.delete(path.key(), version);
  }

  private Report report(StorePathHash hash, VersionId version) {
    return new Report(
        hash,
        Optional.empty(),
        random.nextInt(4) == 0 ? Standing.REMOVED : Standing.REJECTED,
        version,
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "settings",
        List.of(),
        Optional.empty(),
        List.of(),
        clock.instant());
  }

  private byte[] narInfo(StorePathHash hash) {
    if (random.nextInt(10) == 0) {
      return "no narinfo".getBytes(UTF_8);
    }
    return """
        StorePath: /nix/store/%s-path-%d
        URL: nar/%s.nar.xz
        Compression: xz
        FileSize: %d
        NarHash: sha256:0000000000000000000000000000000000000000000000000000
        NarSize: %d
        References: %s-other
        Sig: key-%d:c2ln
        """
        .formatted(
            hash,
            random.nextInt(3),
            hash,
            1 + random.nextInt(1000),
            1 + random.nextInt(1000),
            anyPath(),
            random.nextInt(3))
        .getBytes(UTF_8);
  }

  /** Has the index look at these, as messages do. */
  void looked(List<StorePathHash> hashes) {
    new IndexUpdate(cache, state, retries, new Parallel(1), new Parallel(1)).look(hashes);
  }

  /** An upload of which no message tells. */
  void uploadUntold(StorePathHash hash) {
    cache.upload(new NarInfoPath(hash).key().value(), narInfo(hash));
  }

  /** What the index should say: a function of the two buckets. */
  List<Entry> truth() {
    Observer observer = new Observer(cache, state);
    return paths.stream().sorted().flatMap(hash -> observer.observe(hash).stream()).toList();
  }

  List<StorePathHash> paths() {
    return paths;
  }
}

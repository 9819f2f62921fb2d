package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong, when all messages are done the index is the function of the buckets that it
 * should be. A seed that fails is named; {@code -Dnarthex.seed=17} gives its history again, and no
 * other.
 */
@Execution(ExecutionMode.CONCURRENT)
class IndexSimulationTest {
  private static final int PHASES = 10;
  private static final int EVENTS = 20;
  private static final int PATHS = 20;
  private static final int SEEDS = 100;

  private static final Set<Fault> INJECTED = ConcurrentHashMap.newKeySet();

  /** In all seeds together; one alone need not have every fault. */
  @AfterAll
  static void everyFaultWasInjected() {
    if (System.getProperty("narthex.seed") == null) {
      assertThat(INJECTED).containsExactlyInAnyOrder(Fault.values());
    }
  }

  static LongStream seeds() {
    return Optional.ofNullable(System.getProperty("narthex.seed"))
        .map(Long::valueOf)
        .map(LongStream::of)
        .orElseGet(() -> LongStream.rangeClosed(1, SEEDS));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheFunctionOfTheBucketsAfterQuiescence(long seed) throws MalformedIndexException {
    var world = new IndexedWorld(seed, PATHS, 2);
    for (int phase = 0; phase < PHASES; phase++) {
      Turmoil turmoil = world.happen(EVENTS);
      turmoil.settle();
      INJECTED.addAll(turmoil.injected());
      assertIndex(world, "seed %d, phase %d; -Dnarthex.seed=%d".formatted(seed, phase, seed));
    }
    world.rebuild();
    world.depth((int) (seed % 5));
    world.rebuild();
    assertIndex(world, "a rebuild after seed " + seed);
    assertThat(world.manifest().served().orElseThrow().paths()).isEqualTo(world.truth().size());
  }

  private static void assertIndex(IndexedWorld world, String when) throws MalformedIndexException {
    assertThat(world.entries()).as(when).isEqualTo(world.truth());
    assertThat(sets(world)).as("sets, " + when).isEqualTo(segments(world));
    assertThat(verdicts(world)).as("verdicts, " + when).isEqualTo(truth(world));
    assertThat(known(world)).as("generations, " + when).containsAll(generations(world));
  }

  /** The segments that the sets have, as hexadecimal digits. */
  private static Map<Slice, String> sets(IndexedWorld world) {
    var objects = new IndexObjects(world.state());
    Generation served = world.served();
    var segments = new TreeMap<Slice, String>();
    for (Slice slice : Slice.ALL.split(served.depth()).toList()) {
      objects
          .set(served, slice.within(served.setBits()))
          .value()
          .segment(slice.lowest())
          .ifPresent(segment -> segments.put(slice, hex(segment)));
    }
    return segments;
  }

  /** Those that they should have, one for every shard. */
  private static Map<Slice, String> segments(IndexedWorld world) {
    var objects = new IndexObjects(world.state());
    Generation served = world.served();
    return Slice.ALL
        .split(served.depth())
        .map(slice -> Segment.of(objects.shard(served, slice).value().orElseThrow()))
        .collect(Collectors.toMap(Segment.Of::shard, one -> hex(one.segment())));
  }

  private static String hex(Segment segment) {
    return HexFormat.of().formatHex(segment.bytes());
  }

  private static Map<StorePathHash, VerdictTag> verdicts(IndexedWorld world) {
    return new IndexReader(world.state(), world.clock()).verdicts(world.served(), world.paths());
  }

  private static Map<StorePathHash, VerdictTag> truth(IndexedWorld world) {
    return world.truth().stream().collect(Collectors.toMap(Entry::hash, Entry::verdict));
  }

  /** The numbers under which anything lies. */
  private static Set<Integer> generations(IndexedWorld world) {
    return world.state().listAll(IndexKeys.PREFIX).stream()
        .map(entry -> entry.key().value().split("/", -1))
        .filter(parts -> parts.length > 2)
        .map(parts -> Integer.valueOf(parts[1]))
        .collect(Collectors.toSet());
  }

  /** Those that the manifest knows. */
  private static Set<Integer> known(IndexedWorld world) {
    var known = new HashSet<Integer>();
    Manifest manifest = world.manifest();
    manifest.current().forEach(generation -> known.add(generation.number()));
    manifest.retired().forEach(retired -> known.add(retired.number()));
    return known;
  }
}

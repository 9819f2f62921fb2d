package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong, when all messages are done the index is the function of the buckets that it
 * should be. A seed that fails is the name of its case, and gives the same history again.
 */
@Execution(ExecutionMode.CONCURRENT)
class IndexSimulationTest {
  private static final int EVENTS = 400;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isTheFunctionOfTheBucketsAfterQuiescence(long seed) throws MalformedIndexException {
    var world = new IndexedWorld(seed, 40, 2);
    world.happen(EVENTS);
    world.settle();
    Optional<Manifest.Served> served = new IndexObjects(world.state()).manifest().value().served();
    if (served.isEmpty()) {
      world.rebuild();
      served = new IndexObjects(world.state()).manifest().value().served();
    }
    Generation generation = served.orElseThrow().generation();

    assertThat(entries(world, generation)).isEqualTo(world.truth());
    for (StorePathHash hash : world.paths()) {
      assertThat(verdict(world, generation, hash)).isEqualTo(verdict(world.truth(), hash));
    }
  }

  private static List<Entry> entries(IndexedWorld world, Generation generation) {
    var objects = new IndexObjects(world.state());
    return Slice.ALL
        .split(generation.depth())
        .flatMap(slice -> objects.shard(generation, slice).value().stream())
        .flatMap(shard -> shard.entries().values().stream())
        .toList();
  }

  private static Optional<VerdictTag> verdict(
      IndexedWorld world, Generation generation, StorePathHash hash)
      throws MalformedIndexException {
    Slice slice = Slice.of(hash, generation.setBits());
    return new IndexObjects(world.state())
        .set(generation, slice)
        .value()
        .segment(hash)
        .orElseThrow()
        .found()
        .verdict(hash, generation.depth());
  }

  private static Optional<VerdictTag> verdict(List<Entry> entries, StorePathHash hash) {
    return entries.stream()
        .filter(entry -> entry.hash().equals(hash))
        .map(Entry::verdict)
        .findFirst();
  }
}

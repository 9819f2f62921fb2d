package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexCheckTest {
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  private static IndexCheck check(IndexedWorld world) {
    return new IndexCheck(world.cache(), world.state(), RETRIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsNothingWhereAllMessagesAreDone(long seed) {
    var world = settled(seed);
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  /** Lost messages are what it is for. */
  @ParameterizedTest
  @MethodSource("seeds")
  void findsAndRepairsWhatNoMessageToldOf(long seed) {
    var world = settled(seed);
    StorePathHash added = world.paths().getFirst();
    world.cache().delete(new NarInfoPath(added).key());
    world.looked(List.of(added));
    world.uploadUntold(added);
    List<StorePathHash> removed =
        world.paths().stream()
            .skip(1)
            .filter(hash -> world.cache().head(new NarInfoPath(hash).key()).isPresent())
            .toList();
    removed.forEach(hash -> world.cache().delete(new NarInfoPath(hash).key()));

    var drift = check(world).check(paths -> {}).drift();
    // Where it was rejected once, the index knows that, and does not know that it came again.
    assertThat(drift.get(added)).isIn(Drift.UNKNOWN, Drift.STALE);
    assertThat(removed).allSatisfy(hash -> assertThat(drift).containsEntry(hash, Drift.GONE));
    check(world).repair(drift.keySet());
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  @Test
  void findsASetThatWasNotWrittenAfterItsShard() {
    var world = settled(1);
    var objects = new IndexObjects(world.state());
    Generation generation = objects.manifest().value().served().orElseThrow().generation();
    Slice slice = Slice.of(world.truth().getFirst().hash(), generation.depth());
    var stored = objects.shard(generation, slice);
    Shard shard = stored.value().orElseThrow();
    assertThat(
            objects.swap(
                generation,
                stored,
                Shard.of(slice, shard.revision() + 1, shard.entries().values())))
        .isTrue();

    var drift = check(world).check(paths -> {}).drift();
    assertThat(drift).containsOnly(Map.entry(shard.entries().firstKey(), Drift.SET));
    check(world).repair(drift.keySet());
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  private static IndexedWorld settled(long seed) {
    var world = new IndexedWorld(seed, 40, 2);
    world.happen(200);
    world.settle();
    world.rebuild();
    return world;
  }
}

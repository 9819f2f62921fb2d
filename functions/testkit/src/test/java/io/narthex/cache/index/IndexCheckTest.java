package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Standing;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
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
    var added = new StorePathHash("z".repeat(StorePathHash.LENGTH));
    world.uploadUntold(added);
    List<StorePathHash> removed =
        world.paths().stream()
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

  /** Its entry has no time of an upload to compare with. */
  @Test
  void findsThatWhatWasRejectedIsThereAgain() {
    var world = settled(1);
    StorePathHash path = world.paths().getFirst();
    world.rejectUntold(path, Standing.REJECTED);
    world.looked(List.of(path));
    world.uploadUntold(path);
    assertRepaired(world, path, Drift.STALE);
  }

  @Test
  void findsThatWhatWasRejectedIsNoMore() {
    var world = settled(1);
    StorePathHash path = world.paths().getFirst();
    world.rejectUntold(path, Standing.REJECTED);
    world.looked(List.of(path));
    world.rejectUntold(path, Standing.REMOVED);
    assertRepaired(world, path, Drift.GONE);
  }

  /** That there is no narinfo, the listing has said. */
  @Test
  void takesARequestForEachReportOfAPathThatIsNotThere() {
    var world = new IndexedWorld(1, 20, 0);
    world.paths().forEach(world::uploadReadable);
    List<StorePathHash> rejected = world.paths().subList(0, 8);
    rejected.forEach(hash -> world.rejectUntold(hash, Standing.REJECTED));
    world.rejectUntold(world.paths().get(9), Standing.REMOVED);
    world.rebuild();
    world.cache().forgetRequests();
    world.state().forgetRequests();
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
    assertThat(world.cache().requests()).containsExactly(new Fault.Request("ListObjectsV2", ""));
    assertThat(world.state().requests())
        .filteredOn(request -> request.operation().equals("GetObject"))
        .filteredOn(request -> request.key().startsWith("reports/"))
        .hasSize(rejected.size() + 1)
        .doesNotHaveDuplicates();
  }

  /** Those of empty shards too: a reader who finds no segment does not know whether it is one. */
  @Test
  void findsAndRepairsSetsThatWereLost() {
    var world = settled(1);
    world.depth(8);
    world.rebuild();
    Generation served = world.served();
    Slice.ALL.split(served.setBits()).forEach(set -> world.state().delete(served.setKey(set)));
    var drift = check(world).check(paths -> {}).drift();
    assertThat(drift).hasSize(1 << served.depth());
    check(world).repair(drift.keySet());
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
    assertThat(new IndexReader(world.state(), world.clock()).verdicts(served, world.paths()))
        .hasSameSizeAs(world.truth());
  }

  @Test
  void failsByTheNameOfAShardThatHasGone() {
    var world = settled(1);
    Generation served = world.served();
    var shard = served.shardKey(served.shard(world.paths().getFirst()));
    world.state().delete(shard);
    assertThatThrownBy(() -> check(world).check(paths -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessage(shard + " has gone: rebuild the index");
  }

  private static void assertRepaired(IndexedWorld world, StorePathHash path, Drift drift) {
    assertThat(check(world).check(paths -> {}).drift()).containsExactly(Map.entry(path, drift));
    check(world).repair(List.of(path));
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
    assertThat(world.entries()).isEqualTo(world.truth());
  }

  private static IndexedWorld settled(long seed) {
    var world = new IndexedWorld(seed, 40, 2);
    world.settled(200);
    world.rebuild();
    return world;
  }
}

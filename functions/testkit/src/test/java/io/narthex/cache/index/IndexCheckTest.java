package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.index.IndexCheck.Drift;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Standing;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    check(world).repair(drift);
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
    check(world).repair(drift);
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
    check(world).repair(drift);
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
    assertThat(new IndexReader(world.state(), world.clock()).verdicts(served, world.paths()))
        .hasSameSizeAs(world.truth());
  }

  /** The worst drift there is: the check ends, and what else differs is found and mended. */
  @Test
  void countsAShardThatHasGoneAndGoesOn() {
    var world = settled(1);
    Slice gone = world.served().shard(world.truth().getFirst().hash());
    world.state().delete(world.served().shardKey(gone));
    assertRestIsMended(world, gone);
  }

  @Test
  void countsAShardThatCannotBeReadAndGoesOn() {
    var world = settled(1);
    Slice damaged = world.served().shard(world.truth().getFirst().hash());
    world.corrupt(world.served().shardKey(damaged));
    assertRestIsMended(world, damaged);
  }

  private static void assertRestIsMended(IndexedWorld world, Slice lost) {
    StorePathHash other =
        world.paths().stream().filter(hash -> !lost.contains(hash)).findFirst().orElseThrow();
    world.clock().advance(Duration.ofSeconds(1));
    world.uploadReadable(other);
    var lostAlone = Map.of(lost.lowest(), Drift.LOST);
    var drift = check(world).check(paths -> {}).drift();
    assertThat(drift).hasSize(2).containsAllEntriesOf(lostAlone).containsKey(other);
    check(world).repair(drift);
    assertThat(check(world).check(paths -> {}).drift()).isEqualTo(lostAlone);
    world.rebuild();
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  @Test
  void countsASetThatCannotBeRead() {
    var world = settled(1);
    world.corrupt(world.served().setKey(Slice.ALL));
    var drift = check(world).check(paths -> {}).drift();
    assertThat(drift).isEqualTo(Map.of(Slice.ALL.lowest(), Drift.LOST));
    check(world).repair(drift);
    world.rebuild();
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  /** A shard that was restored from a copy: the set has what it was later. */
  @Test
  void repairsASetThatIsOfALaterRevision() {
    var world = settled(1);
    Shard shard = outrun(world);
    var drift = check(world).check(paths -> {}).drift();
    assertThat(drift).isEqualTo(Map.of(shard.entries().firstKey(), Drift.SET));
    check(world).repair(drift);
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  /** Who writes the shard meanwhile still finds the later revision in the set, and leaves it. */
  @Test
  void repairsItThoughTheShardIsWrittenMeanwhile() {
    var world = settled(1);
    Shard shard = outrun(world);
    StorePathHash path = shard.entries().firstKey();
    var set = world.served().setKey(Slice.ALL).value();
    IndexedWorld.beforeFirst(
        world.state(),
        request -> request.operation().equals("PutObject") && request.key().equals(set),
        () -> {
          world.cache().delete(new NarInfoPath(path).key());
          world.looked(List.of(path));
        });
    check(world).repair(Map.of(path, Drift.SET));
    assertThat(world.entries()).isEqualTo(world.truth());
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
  }

  /** Writes a later segment of a shard than there is; the shard. */
  private static Shard outrun(IndexedWorld world) {
    var objects = new IndexObjects(world.state());
    Generation served = world.served();
    Slice slice = served.shard(world.truth().getFirst().hash());
    Shard shard = objects.shardOf(served, slice);
    var later = Shard.of(slice, shard.revision() + 5, shard.entries().values());
    var set = objects.set(served, slice.within(served.setBits()));
    assertThat(objects.swap(served, set, set.value().with(List.of(Segment.of(later))))).isTrue();
    return shard;
  }

  /** There is a report for each of them for ever. */
  @Test
  void looksAtThoseWithoutANarInfoAtOnce() {
    var world = new IndexedWorld(1, 8, 0);
    world.rebuild();
    world.paths().forEach(path -> world.rejectUntold(path, Standing.REMOVED));
    var looked = new CountDownLatch(world.paths().size());
    world
        .state()
        .interleaving(
            request -> {
              if (request.key().startsWith("reports/") && request.operation().equals("GetObject")) {
                looked.countDown();
                awaitAll(looked);
              }
            });
    assertThat(check(world).check(paths -> {}).drift()).isEmpty();
    assertThat(looked.getCount()).isZero();
  }

  private static void awaitAll(CountDownLatch looked) {
    try {
      if (!looked.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no others are looked at");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRepaired(IndexedWorld world, StorePathHash path, Drift drift) {
    assertThat(check(world).check(paths -> {}).drift()).containsExactly(Map.entry(path, drift));
    check(world).repair(Map.of(path, drift));
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

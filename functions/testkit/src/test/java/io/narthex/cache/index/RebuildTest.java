package io.narthex.cache.index;

import static io.narthex.testkit.Fault.NONE;
import static io.narthex.testkit.Fault.NOT_DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RebuildTest {
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  private final IndexedWorld world = new IndexedWorld(3, 30, 2);
  private final Rebuild rebuild = world.rebuild(RETRIES);

  /** Else the pieces that lie there would count as done, with what was so when they were built. */
  @Test
  void usesNoNumberAgainAfterTheManifestWasLost() {
    world.settled(50);
    world.rebuild();
    int before = world.served().number();
    world.state().delete(IndexKeys.manifest());
    world.uploadUntold(world.paths().getFirst());

    world.rebuild();
    assertThat(world.served().number()).isEqualTo(before + 1);
    assertThat(world.entries()).isEqualTo(world.truth());
    expire();
    assertThat(numbers()).containsExactly(before + 1);
  }

  /** A writer who has slept since the generation was being built: it was read, and removed. */
  @Test
  void removesWhatWasWrittenToAGenerationAfterItWasRemoved() {
    world.rebuildLeftBeforeItsEnd();
    world.uploadUntold(world.paths().getFirst());
    IndexedWorld.beforeFirst(
        world.state(),
        request -> request.operation().equals("GetObject") && request.key().contains("/shards/"),
        () -> {
          world.rebuild();
          world.rebuild();
          expire();
        });
    world.looked(List.of(world.paths().getFirst()));
    assertThat(world.entries()).isEqualTo(world.truth());
    assertThat(numbers()).containsExactly(1, 2);
    expire();
    assertThat(numbers()).containsExactly(2);
  }

  @Test
  void leavesAloneWhatIsBeingBuilt() {
    world.rebuild();
    world.rebuildLeftBeforeItsEnd();
    expire();
    assertThat(numbers()).containsExactly(1, 2);
    assertThat(rebuild.expire()).isZero();
  }

  /** What cannot be read would otherwise be met by every rebuild that goes on with it. */
  @Test
  void givesUpOneThatCannotBeEnded() {
    world.settled(50);
    world.rebuild();
    Generation left = world.rebuildLeftBeforeItsEnd();
    world.corrupt(left.setKey(Slice.ALL));
    assertThatThrownBy(world::rebuild)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(left.setKey(Slice.ALL).value());

    assertThat(LeftRebuild.giveUp(world.state(), RETRIES, world.clock())).contains(left);
    assertThat(LeftRebuild.giveUp(world.state(), RETRIES, world.clock())).isEmpty();
    assertThatThrownBy(() -> rebuild.finish(left)).isInstanceOf(StoreException.class);
    world.rebuild();
    assertThat(world.served().number()).isEqualTo(left.number() + 1);
    assertThat(world.entries()).isEqualTo(world.truth());
    expire();
    assertThat(numbers()).containsExactly(left.number() + 1);
  }

  /** By the key that it is encrypted with; it would keep every index of that bucket from ending. */
  @Test
  void endsThoughOneNarInfoMayNotBeReadAndOneReportIsNone() {
    world.settled(50);
    StorePathHash denied = world.paths().getFirst();
    world.uploadReadable(denied);
    world.verdictUntold(denied, VerdictTag.VERIFIED);
    world.cache().deny(new NarInfoPath(denied).key().value());
    StorePathHash unreadable = world.paths().getLast();
    world.cache().delete(new NarInfoPath(unreadable).key());
    world.corrupt(StateKeys.report(unreadable));
    world.rebuild();
    assertThat(world.entry(world.served(), denied))
        .contains(new Entry(denied, VerdictTag.VERIFIED, Optional.empty()));
    assertThat(world.entry(world.served(), unreadable)).isEmpty();
    assertThat(world.entries()).isEqualTo(world.truth()).hasSizeGreaterThan(5);
  }

  /** Hundreds of thousands, one after the other, would take hours. */
  @Test
  void removesManyObjectsAtATime() {
    world.depth(4);
    world.rebuild();
    world.rebuild();
    world.clock().advance(Rebuild.RETIREMENT.plus(Duration.ofSeconds(1)));
    var begun = new CountDownLatch(8);
    world
        .state()
        .interleaving(
            request -> {
              if (request.operation().equals("DeleteObject")) {
                begun.countDown();
                awaitAll(begun);
              }
            });
    var wide = new Rebuild(world.cache(), world.state(), RETRIES, world.clock(), new Parallel(8));
    assertThat(wide.expire()).isGreaterThan(16);
    assertThat(numbers()).containsExactly(2);
  }

  private static void awaitAll(CountDownLatch begun) {
    try {
      if (!begun.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no others are under way");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its shards would be far too large, and stay so for as long as it takes to end it. */
  @Test
  void givesUpOneThatTheCacheHasOutgrown() {
    world.settled(50);
    Generation left = rebuild.begin(0);
    assertThat(rebuild.begin(1)).isEqualTo(left);
    Generation deeper = rebuild.begin(2);
    assertThat(deeper).isEqualTo(new Generation(left.number() + 1, 2));
    assertThat(rebuild.begin(0)).isEqualTo(deeper);
    world.rebuild();
    assertThat(world.served()).isEqualTo(deeper);
    assertThat(world.entries()).isEqualTo(world.truth());
    assertThat(world.manifest().retired()).extracting(Manifest.Retired::number).contains(1);
  }

  /** Who finishes first removes the runs that the other one is about to sort. */
  @Test
  void isTheSameOneThatAnotherFinishesMeanwhile() {
    world.settled(50);
    Generation generation = rebuild.begin(9);
    rebuild.pieces(generation).forEach(piece -> rebuild.build(generation, piece));
    IndexedWorld.beforeFirst(
        world.state(), request -> request.key().contains("/runs/"), world::rebuild);
    List<Long> paths =
        rebuild.partitions(generation).stream()
            .map(partition -> rebuild.sort(generation, partition))
            .toList();
    assertThat(world.served()).isEqualTo(generation);
    assertThat(rebuild.finish(generation).generation()).isEqualTo(generation);
    assertThat(paths).hasSameSizeAs(rebuild.partitions(generation));
    assertThat(world.manifest().building()).isEmpty();
    assertThat(world.entries()).isEqualTo(world.truth());
  }

  /** A narinfo that is uploaded and told of before the piece is marked as begun. */
  @Test
  void looksAtAPieceAfterItHasSaidSo() {
    StorePathHash path = world.paths().getFirst();
    IndexedWorld.beforeFirst(
        world.state(),
        request -> request.isWrite() && request.key().contains("/pieces/"),
        () -> {
          world.uploadReadable(path);
          world.looked(List.of(path));
        });
    world.rebuild();
    assertThat(world.entries()).isEqualTo(world.truth());
    assertThat(world.entries()).isNotEmpty();
  }

  /** Of one that was stopped; nobody has been told of what went since. */
  @Test
  void looksAtWhatLiesThereThoughItIsListedNoMore() {
    StorePathHash path = world.paths().getFirst();
    world.uploadReadable(path);
    Generation generation = rebuild.begin(0);
    world.state().failing(request -> request.key().contains("/sets/") ? NOT_DONE : NONE);
    assertThatThrownBy(() -> rebuild.build(generation, Slice.ALL))
        .isInstanceOf(StoreException.class);
    world.state().failing(Fault.Plan.NEVER);
    assertThat(world.entry(generation, path)).isPresent();
    world.cache().delete(new NarInfoPath(path).key());
    world.rebuild();
    assertThat(world.entries()).isEqualTo(world.truth()).isEmpty();
  }

  @Test
  void endsNothingThatIsNotWhole() {
    Generation left = world.rebuildLeftBeforeItsEnd();
    byte[] incomplete = CompactSet.empty(Slice.ALL, left.depth()).write();
    world.state().upload(left.setKey(Slice.ALL).value(), incomplete);
    assertThatThrownBy(() -> rebuild.finish(left))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not complete");
    world.state().delete(left.pieceKey(Slice.ALL));
    assertThatThrownBy(() -> rebuild.finish(left))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(left.pieceKey(Slice.ALL) + " is not done");
    assertThat(world.manifest().served()).isEmpty();
  }

  @Test
  void saysThatAnotherGaveItUp() {
    Generation left = world.rebuildLeftBeforeItsEnd();
    assertThat(LeftRebuild.giveUp(world.state(), RETRIES, world.clock())).contains(left);
    assertThat(LeftRebuild.giveUp(world.state(), RETRIES, world.clock())).isEmpty();
    assertThatThrownBy(() -> rebuild.finish(left))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("generation 1 is not being built any more: it was given up");
    world.rebuild();
    assertThat(world.served().number()).isEqualTo(2);
    assertThat(rebuild.expire()).isZero();
    assertThat(numbers()).containsExactly(1, 2);
    expire();
    assertThat(numbers()).containsExactly(2);
  }

  /** The answer says that another one was faster; there was none. */
  @Test
  void takesNoPieceForDoneThatNobodyHasMarked() {
    Generation generation = rebuild.begin(0);
    world
        .state()
        .failing(
            request -> {
              boolean isEnd = request.isWrite() && request.key().contains("/pieces/");
              return isEnd && isBegun(generation) ? Fault.REFUSED : NONE;
            });
    assertThatThrownBy(() -> rebuild.build(generation, Slice.ALL))
        .isInstanceOf(StoreException.class)
        .hasMessage(generation.pieceKey(Slice.ALL) + " could not be written");
  }

  private boolean isBegun(Generation generation) {
    return world.state().tagsNow(generation.pieceKey(Slice.ALL)).isPresent();
  }

  @Test
  void takesARequestAGenerationToSeeWhatLiesThere() {
    world.rebuild();
    world.rebuild();
    world.state().forgetRequests();
    assertThat(numbers()).containsExactly(1, 2);
    assertThat(world.state().requests())
        .hasSize(4)
        .containsOnly(new Fault.Request("ListObjectsV2", IndexKeys.PREFIX));
  }

  private void expire() {
    world.clock().advance(Rebuild.RETIREMENT.plus(Duration.ofSeconds(1)));
    rebuild.expire();
  }

  private Iterable<Integer> numbers() {
    return new StoredGenerations(world.state(), new Parallel(1)).numbers();
  }
}

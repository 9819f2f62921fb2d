package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.store.StoreException;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.List;
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

    rebuild.abandon();
    rebuild.abandon();
    assertThatThrownBy(() -> rebuild.finish(left)).isInstanceOf(StoreException.class);
    world.rebuild();
    assertThat(world.served().number()).isEqualTo(left.number() + 1);
    assertThat(world.entries()).isEqualTo(world.truth());
    expire();
    assertThat(numbers()).containsExactly(left.number() + 1);
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

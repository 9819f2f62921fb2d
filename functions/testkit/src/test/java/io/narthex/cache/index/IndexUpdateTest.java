package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IndexUpdateTest {
  private final IndexedWorld world = new IndexedWorld(1, 10, 0);
  private final StorePathHash path = world.paths().getFirst();

  /**
   * A writer looks while a path is hidden for a moment and swaps after all is as before: the one
   * who looked in between found the shard right and wrote nothing.
   */
  @Test
  void leavesNoObservationThatWasOvertakenByOneThatChangedNothing() {
    world.uploadUntold(path);
    world.verdictUntold(path, VerdictTag.VERIFIED);
    world.rebuild();
    world.verdictUntold(path, VerdictTag.WAITING);
    IndexedWorld.beforeFirst(
        world.state(),
        request -> request.operation().equals("PutObject"),
        () -> {
          world.verdictUntold(path, VerdictTag.VERIFIED);
          world.looked(List.of(path));
        });

    world.looked(List.of(path));
    assertThat(world.entries()).isEqualTo(world.truth());
  }

  /** Else it would swap what was so before the shard was as it found it. */
  @Test
  void looksAtAPathAfterItHasReadItsShard() {
    world.uploadUntold(path);
    world.rebuild();
    world.state().forgetRequests();
    var before = new ArrayList<Fault.Request>();
    IndexedWorld.beforeFirst(
        world.cache(), _ -> true, () -> before.addAll(world.state().requests()));
    world.looked(List.of(path));
    assertThat(before).extracting(Fault.Request::key).contains("index/1/shards/0.jsonl.zst");
  }

  /** Neither other shards nor the generation that will take the place of this one. */
  @Test
  void holdsUpNothingElseWhereOneShardCannotBeRead() {
    world.depth(5);
    world.rebuild();
    Generation served = world.served();
    world.depth(0);
    Generation building = world.rebuildLeftBeforeItsEnd();
    List<StorePathHash> all = world.paths();
    all.forEach(world::uploadUntold);
    world.corrupt(served.shardKey(served.shard(path)));

    assertThatThrownBy(() -> world.looked(all))
        .isInstanceOfSatisfying(
            UnwrittenException.class,
            e ->
                assertThat(e.hashes())
                    .isEqualTo(
                        all.stream()
                            .filter(hash -> served.shard(hash).equals(served.shard(path)))
                            .collect(Collectors.toSet())))
        .hasMessageContaining(served.shardKey(served.shard(path)).value());
    for (StorePathHash other : all) {
      assertThat(world.entry(building, other)).isPresent();
      if (!served.shard(other).equals(served.shard(path))) {
        assertThat(world.entry(served, other)).isPresent();
      }
    }
  }

  /** It would have the paths of this message and no other one. */
  @Test
  void putsNothingInThePlaceOfAShardThatHasGone() {
    world.uploadUntold(path);
    world.rebuild();
    var shard = world.served().shardKey(Slice.ALL);
    world.state().delete(shard);
    assertThatThrownBy(() -> world.looked(List.of(path)))
        .isInstanceOf(UnwrittenException.class)
        .hasMessageContaining(shard + " has gone: rebuild the index");
    assertThat(world.state().head(shard)).isEmpty();

    world.rebuild();
    world.looked(List.of(path));
    assertThat(world.entries()).isEqualTo(world.truth());
  }
}

package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntryLookupTest {
  private static final int DEPTH = 3;

  private final IndexedWorld world = new IndexedWorld(7, 60, DEPTH);

  @BeforeEach
  void build() {
    world.paths().forEach(world::uploadReadable);
    world.rebuild();
    world.state().forgetRequests();
  }

  private EntryLookup lookup(Allowance allowance) {
    return new EntryLookup(
        new IndexObjects(world.state()), world.served(), new Parallel(1), allowance);
  }

  /** Asks for each path alone, as the deepest closure would. */
  private void askForEach(EntryLookup lookup) {
    for (StorePathHash path : world.paths()) {
      assertThat(lookup.entries(List.of(path))).containsOnlyKeys(path);
    }
  }

  private List<String> shardsRead() {
    List<String> read =
        world.state().requests().stream()
            .map(Fault.Request::key)
            .filter(key -> key.contains("/shards/"))
            .toList();
    world.state().forgetRequests();
    return read;
  }

  private long shards() {
    return world.paths().stream().map(world.served()::shard).distinct().count();
  }

  private long bytes(StorePathHash path) {
    Generation served = world.served();
    ObjectKey key = served.shardKey(served.shard(path));
    return world.state().head(key).orElseThrow().size();
  }

  @Test
  void readsAShardOnceHoweverOftenItIsAskedFor() {
    try (EntryLookup lookup = lookup(new Allowance(1 << 20))) {
      world.state().forgetRequests();
      askForEach(lookup);
      askForEach(lookup);
      assertThat(shardsRead()).doesNotHaveDuplicates().hasSize((int) shards());
    }
  }

  @Test
  void readsAgainWhatItMayNotKeep() {
    StorePathHash kept = world.paths().getFirst();
    Slice shard = world.served().shard(kept);
    try (EntryLookup lookup = lookup(new Allowance(bytes(kept)))) {
      world.state().forgetRequests();
      askForEach(lookup);
      long others = world.paths().stream().filter(path -> !shard.contains(path)).count();
      assertThat(shardsRead().stream().collect(Collectors.groupingBy(key -> key)))
          .hasSize((int) shards())
          .hasEntrySatisfying(
              world.served().shardKey(shard).value(), reads -> assertThat(reads).hasSize(1));
      askForEach(lookup);
      assertThat(shardsRead()).hasSize((int) others);
    }
  }

  @Test
  void sharesWhatItMayKeepWithOthersUntilItIsClosed() {
    StorePathHash path = world.paths().getFirst();
    var allowance = new Allowance(bytes(path));
    try (EntryLookup second = lookup(allowance)) {
      try (EntryLookup first = lookup(allowance)) {
        first.entries(List.of(path));
        world.state().forgetRequests();
        second.entries(List.of(path));
        second.entries(List.of(path));
        assertThat(shardsRead()).hasSize(2);
      }
      second.entries(List.of(path));
      second.entries(List.of(path));
      assertThat(shardsRead()).hasSize(1);
    }
  }
}

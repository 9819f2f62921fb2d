package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Standing;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** A rebuild leaves them as they are: one would be asked for after every other one. */
  @Test
  void isNotCrowdedByWhatARebuildCannotSpread() {
    List<StorePathHash> alike = alike(Generation.CROWDED + 1);
    alike.forEach(world::uploadUntold);
    world.depth(1);
    world.rebuild();
    world.uploadUntold(alike.getFirst());
    assertThat(isCrowded(alike)).isFalse();

    world.depth(0);
    world.rebuild();
    world.uploadUntold(alike.getFirst());
    assertThat(isCrowded(alike)).isTrue();
  }

  /** Their reports stay, and a rebuild counts narinfos. */
  @Test
  void isNotCrowdedByWhatWasRejected() {
    world.rebuild();
    List<StorePathHash> alike = alike(Generation.CROWDED + 1);
    alike.forEach(one -> world.rejectUntold(one, Standing.REJECTED));
    assertThat(isCrowded(alike)).isFalse();
    assertThat(world.entries()).hasSize(alike.size());
  }

  private boolean isCrowded(List<StorePathHash> hashes) {
    return world.update(new Retries(_ -> {}, bound -> bound - 1)).look(hashes).isCrowded();
  }

  /** Paths whose hashes begin with the same 20 bits. */
  private static List<StorePathHash> alike(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new StorePathHash(
                    "zzz0"
                        + Nix32.ALPHABET.charAt(i / 32 / 32)
                        + Nix32.ALPHABET.charAt(i / 32 % 32)
                        + Nix32.ALPHABET.charAt(i % 32)
                        + "0".repeat(StorePathHash.LENGTH - 7)))
        .toList();
  }

  /** What tells how far a rebuild is may be lost, once it has ended. */
  @Test
  void needsNothingOfTheRebuildOnceItIsRead() {
    world.rebuild();
    world.state().delete(world.served().pieceKey(Slice.ALL));
    world.uploadUntold(path);
    world.looked(List.of(path));
    assertThat(world.entries()).isEqualTo(world.truth()).hasSize(1);
  }

  /** Anybody who may upload writes as much into a narinfo as he likes. */
  @Test
  void saysLittleOfWhatIsNotVerified() {
    world.rebuild();
    upload("References: " + references(15_000) + "\n");
    world.looked(List.of(path));
    assertThat(world.entries()).isEqualTo(world.truth()).hasSize(1);
    Described waiting = world.entries().getFirst().described().orElseThrow();
    assertThat(waiting.name().name()).isEqualTo("large");
    assertThat(waiting.references()).isEmpty();
    assertThat(world.state().head(world.served().shardKey(Slice.ALL)).orElseThrow().size())
        .isLessThan(1000);

    world.verdictUntold(path, VerdictTag.VERIFIED);
    world.looked(List.of(path));
    assertThat(world.entries().getFirst().described().orElseThrow().references()).hasSize(15_000);
  }

  /** Who may upload may add what looks like signatures to what is verified. */
  @Test
  void namesFewSigners() {
    world.rebuild();
    upload(
        IntStream.range(0, 5_000)
            .mapToObj(i -> "Sig: key-%04d%s:c2ln\n".formatted(i, i == 0 ? "k".repeat(300) : ""))
            .collect(Collectors.joining()));
    world.verdictUntold(path, VerdictTag.VERIFIED);
    world.looked(List.of(path));
    assertThat(world.entries().getFirst().described().orElseThrow().signers())
        .hasSize(Described.MOST_SIGNERS)
        .startsWith("key-0001");
  }

  private void upload(String more) {
    world
        .cache()
        .upload(
            new NarInfoPath(path).key().value(),
            """
            StorePath: /nix/store/%s-large
            URL: nar/%s.nar.xz
            Compression: xz
            NarHash: sha256:0000000000000000000000000000000000000000000000000000
            NarSize: 1
            %s"""
                .formatted(path, path, more)
                .getBytes(UTF_8));
  }

  private static String references(int count) {
    return alike(count).stream().map(hash -> hash + "-referred").collect(Collectors.joining(" "));
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

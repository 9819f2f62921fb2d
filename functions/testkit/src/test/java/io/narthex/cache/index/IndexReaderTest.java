package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MovableClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IndexReaderTest {
  private static final StorePathHash ABSENT = new StorePathHash("z".repeat(32));

  private final MovableClock clock = new MovableClock();
  private final IndexedWorld world = new IndexedWorld(7, 60, 3);
  private final IndexReader reader = new IndexReader(world.state(), clock);

  @Test
  void knowsNothingBeforeAnIndexWasBuilt() {
    assertThat(reader.served()).isEmpty();
  }

  @Test
  void saysOfManyPathsWhatIsSo() {
    build();
    Generation generation = reader.served().orElseThrow();
    var asked = new ArrayList<>(world.paths());
    asked.add(ABSENT);
    Map<StorePathHash, Entry> truth =
        world.truth().stream().collect(Collectors.toMap(Entry::hash, Function.identity()));
    var verdicts = new HashMap<StorePathHash, VerdictTag>();
    truth.forEach((hash, entry) -> verdicts.put(hash, entry.verdict()));

    assertThat(verdicts.values()).contains(VerdictTag.VERIFIED, VerdictTag.WAITING);
    assertThat(reader.verdicts(generation, asked)).isEqualTo(verdicts);
    assertThat(reader.entries(generation, asked)).isEqualTo(truth);
  }

  @Test
  void asksForNothingTwiceWhileItIsFresh() {
    build();
    Generation generation = reader.served().orElseThrow();
    var first = reader.verdicts(generation, world.paths());
    world.state().forgetRequests();
    assertThat(reader.served()).contains(generation);
    assertThat(reader.verdicts(generation, world.paths())).isEqualTo(first);
    assertThat(world.state().requests()).isEmpty();

    clock.advance(IndexReader.FRESH);
    assertThat(reader.served()).contains(generation);
    assertThat(reader.verdicts(generation, world.paths())).isEqualTo(first);
    assertThat(world.state().requests()).isNotEmpty();
  }

  @Test
  void readsTheNextGenerationOnceItIsServed() {
    build();
    Generation before = reader.served().orElseThrow();
    world.depth(1);
    world.rebuild();
    assertThat(reader.served()).contains(before);
    clock.advance(IndexReader.FRESH);
    assertThat(reader.served()).contains(new Generation(before.number() + 1, 1));
  }

  /** Nobody is told that a path is absent because the index has a hole. */
  @Test
  void failsByTheNameOfWhatHasGoneOrCannotBeRead() {
    build();
    Generation generation = reader.served().orElseThrow();
    StorePathHash path = world.paths().getFirst();
    var set = generation.setKey(Slice.ALL);
    var shard = generation.shardKey(generation.shard(path));

    world.state().delete(set);
    world.state().delete(shard);
    assertFailure(() -> reader.verdicts(generation, List.of(path)), set);
    assertFailure(() -> reader.entries(generation, List.of(path)), shard);

    clock.advance(IndexReader.FRESH);
    world.corrupt(set);
    world.corrupt(shard);
    assertFailure(() -> reader.verdicts(generation, List.of(path)), set);
    assertFailure(() -> reader.entries(generation, List.of(path)), shard);
  }

  private static void assertFailure(ThrowingCallable question, ObjectKey about) {
    assertThatThrownBy(question)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(about.value());
  }

  private void build() {
    world.settled(200);
    world.depth(3);
    world.rebuild();
  }
}

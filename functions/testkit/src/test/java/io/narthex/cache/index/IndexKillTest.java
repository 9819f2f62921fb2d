package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each flow, ended by a kill before and after each of its writes: what a reader sees then is what
 * is said above that write and in {@code docs/index.md}; and when the flow is run again, all is as
 * it should be.
 */
class IndexKillTest {
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  /** {@code index/2} holds one path, of which nobody has been told yet that it is verified now. */
  private static final Seen OLD = new Seen(2, VerdictTag.WAITING, VerdictTag.WAITING);

  private static final Seen SHARD_IS_AHEAD = new Seen(2, VerdictTag.WAITING, VerdictTag.VERIFIED);
  private static final Seen NEW = new Seen(2, VerdictTag.VERIFIED, VerdictTag.VERIFIED);
  private static final Seen NEXT = new Seen(3, VerdictTag.VERIFIED, VerdictTag.VERIFIED);

  /** What a reader sees: the generation, and what sets and shards say of the path. */
  record Seen(int generation, VerdictTag bySet, VerdictTag byShard) {}

  /** A write, and what is seen from then on. */
  record Write(String operation, String key, Seen then) {
    static Write put(String key, Seen then) {
      return new Write("PutObject", "index/" + key, then);
    }

    static Write delete(String key, Seen then) {
      return new Write("DeleteObject", "index/" + key, then);
    }
  }

  /**
   * A flow.
   *
   * @param before what is done first, undisturbed
   * @param requests of all kinds, to both buckets, when nothing goes wrong
   */
  record Flow(
      String name,
      Consumer<IndexedWorld> before,
      Consumer<IndexedWorld> flow,
      int requests,
      List<Write> writes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Flow> flows() {
    return Stream.of(
        new Flow(
            "update",
            world -> {},
            IndexKillTest::look,
            10,
            List.of(
                Write.put("2/shards/0.jsonl.zst", SHARD_IS_AHEAD), Write.put("2/sets/0.set", NEW))),
        new Flow(
            "update while the next one is built",
            IndexedWorld::rebuildLeftBeforeItsEnd,
            IndexKillTest::look,
            20,
            List.of(
                Write.put("2/shards/0.jsonl.zst", SHARD_IS_AHEAD),
                Write.put("2/sets/0.set", NEW),
                Write.put("3/shards/0.jsonl.zst", NEW),
                Write.put("3/sets/0.set", NEW))),
        new Flow(
            "repair",
            world -> {
              world.clock().advance(Duration.ofSeconds(1));
              world.uploadReadable(path(world));
            },
            world -> {
              var check = new IndexCheck(world.cache(), world.state(), RETRIES);
              check.repair(check.check(_ -> {}).drift());
            },
            16,
            List.of(
                Write.put("2/shards/0.jsonl.zst", SHARD_IS_AHEAD), Write.put("2/sets/0.set", NEW))),
        new Flow(
            "rebuild",
            world -> world.depth(1),
            IndexedWorld::rebuild,
            39,
            List.of(
                Write.put("manifest.json", OLD),
                Write.put("3/pieces/0.json", OLD),
                Write.put("3/shards/0.jsonl.zst", OLD),
                Write.put("3/shards/h.jsonl.zst", OLD),
                Write.put("3/sets/0.set", OLD),
                Write.put("3/runs/0.json", OLD),
                Write.put("3/runs/0.run", OLD),
                Write.put("3/pieces/0.json", OLD),
                Write.put("3/referrers/0.pairs", OLD),
                Write.put("3/names/0.txt.zst", OLD),
                Write.put("3/names/0.hashes", OLD),
                Write.put("3/partitions/0.json", OLD),
                Write.put("3/statistics.json", OLD),
                Write.put("manifest.json", NEXT),
                Write.delete("3/runs/0.json", NEXT),
                Write.delete("3/runs/0.run", NEXT))),
        new Flow(
            "abandon",
            IndexedWorld::rebuildLeftBeforeItsEnd,
            world -> {
              var _ = LeftRebuild.giveUp(world.state(), RETRIES, world.clock());
            },
            3,
            List.of(Write.put("manifest.json", OLD))),
        new Flow(
            "expire",
            world -> world.clock().advance(Rebuild.RETIREMENT.plus(Duration.ofSeconds(1))),
            world -> world.rebuild(RETRIES).expire(),
            15,
            List.of(
                Write.delete("1/names/0.hashes", OLD),
                Write.delete("1/names/0.txt.zst", OLD),
                Write.delete("1/partitions/0.json", OLD),
                Write.delete("1/pieces/0.json", OLD),
                Write.delete("1/referrers/0.pairs", OLD),
                Write.delete("1/sets/0.set", OLD),
                Write.delete("1/shards/0.jsonl.zst", OLD),
                Write.delete("1/statistics.json", OLD),
                Write.put("manifest.json", OLD))));
  }

  private static StorePathHash path(IndexedWorld world) {
    return world.paths().getFirst();
  }

  private static void look(IndexedWorld world) {
    world.update(RETRIES).look(List.of(path(world)));
  }

  /** Two generations, of which the older is read no more, and a verdict that nobody was told. */
  private static IndexedWorld world(Flow flow) {
    var world = new IndexedWorld(5, 1, 0);
    world.uploadReadable(path(world));
    world.verdictUntold(path(world), VerdictTag.WAITING);
    world.rebuild();
    world.rebuild();
    flow.before().accept(world);
    world.verdictUntold(path(world), VerdictTag.VERIFIED);
    world.state().forgetRequests();
    world.cache().forgetRequests();
    return world;
  }

  @ParameterizedTest
  @MethodSource("flows")
  void writesThisAndAsksForNoMore(Flow flow) {
    IndexedWorld world = world(flow);
    flow.flow().accept(world);
    assertThat(indexWrites(world)).isEqualTo(requests(flow));
    assertThat(world.state().requests().size() + world.cache().requests().size())
        .isEqualTo(flow.requests());
  }

  private static List<Fault.Request> indexWrites(IndexedWorld world) {
    return world.state().requests().stream().filter(Fault.Request::isWrite).toList();
  }

  private static List<Fault.Request> requests(Flow flow) {
    return flow.writes().stream()
        .map(write -> new Fault.Request(write.operation(), write.key()))
        .toList();
  }

  /** How a flow ends at a write. */
  private enum End {
    KILLED_BEFORE(false),
    KILLED_AFTER(true),
    FAILED_NOT_DONE(false),
    FAILED_THOUGH_DONE(true);

    private final boolean isWritten;

    End(boolean isWritten) {
      this.isWritten = isWritten;
    }
  }

  /** Not a failure of the store, which some flows go on after. */
  private static final class Kill extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @MethodSource("flows")
  void showsThisAndEndsAsIfNothingHadHappenedWhereverItIsStopped(Flow flow) {
    IndexedWorld undisturbed = world(flow);
    Seen atFirst = seen(undisturbed);
    flow.flow().accept(undisturbed);
    for (int i = 0; i < flow.writes().size(); i++) {
      for (End end : End.values()) {
        String where = "%s, %s %s".formatted(flow, end, flow.writes().get(i).key());
        int last = end.isWritten ? i : i - 1;
        IndexedWorld world = world(flow);
        stopped(world, i, end, flow.flow());
        assertThat(seen(world))
            .as(where)
            .isEqualTo(last < 0 ? atFirst : flow.writes().get(last).then());
        if (!seen(world).equals(NEXT) && last + 1 < flow.writes().size()) {
          flow.flow().accept(world);
        }
        assertThat(objects(world)).as(where).isEqualTo(objects(undisturbed));
      }
    }
  }

  private static void stopped(IndexedWorld world, int write, End end, Consumer<IndexedWorld> flow) {
    var writes = new AtomicInteger();
    world
        .state()
        .failing(request -> fault(request.isWrite() ? writes.getAndIncrement() : -1, write, end));
    Consumer<Fault.Request> kill =
        request -> {
          boolean isIt = end == End.KILLED_BEFORE && request.isWrite() && writes.get() == write;
          if (isIt || (end == End.KILLED_AFTER && writes.get() > write)) {
            throw new Kill();
          }
        };
    world.state().interleaving(kill);
    world.cache().interleaving(kill);
    try {
      flow.accept(world);
    } catch (Kill | StoreException e) {
      // As it should; after the last write of all there may be no request left to be killed at.
    }
    assertThat(writes.get()).isGreaterThanOrEqualTo(end == End.KILLED_BEFORE ? write : write + 1);
    world.state().failing(Fault.Plan.NEVER);
    world.state().interleaving(_ -> {});
    world.cache().interleaving(_ -> {});
  }

  private static Fault fault(int number, int write, End end) {
    return switch (end) {
      case KILLED_BEFORE, KILLED_AFTER -> Fault.NONE;
      case FAILED_NOT_DONE -> number == write ? Fault.NOT_DONE : Fault.NONE;
      case FAILED_THOUGH_DONE -> number == write ? Fault.DONE : Fault.NONE;
    };
  }

  private static Seen seen(IndexedWorld world) {
    var reader = new IndexReader(world.state(), world.clock());
    Generation served = reader.served().orElseThrow();
    List<StorePathHash> paths = world.paths();
    return new Seen(
        served.number(),
        requireNonNull(reader.verdicts(served, paths).get(paths.getFirst())),
        requireNonNull(reader.entries(served, paths).get(paths.getFirst())).verdict());
  }

  /** The bytes of each object of the index, but for what is left when all is sorted. */
  private static Map<String, String> objects(IndexedWorld world) {
    return world.state().listAll(IndexKeys.PREFIX).stream()
        .filter(entry -> !entry.key().value().contains("/runs/"))
        .collect(
            Collectors.toMap(
                entry -> entry.key().value(),
                entry ->
                    HexFormat.of()
                        .formatHex(world.state().open(entry.key()).orElseThrow().readAll())));
  }

  /** There is none to be seen, until there is a whole one. */
  @Test
  void showsNothingOfTheFirstOneBeforeItsLastWrite() {
    var whole = new IndexedWorld(5, 1, 0);
    whole.uploadUntold(path(whole));
    whole.rebuild();
    List<Fault.Request> writes = indexWrites(whole);
    int last = writes.lastIndexOf(new Fault.Request("PutObject", "index/manifest.json"));
    assertThat(last).isEqualTo(12);
    for (int i = 0; i <= last; i++) {
      var world = new IndexedWorld(5, 1, 0);
      world.uploadUntold(path(world));
      stopped(world, i, End.KILLED_BEFORE, IndexedWorld::rebuild);
      assertThat(new IndexReader(world.state(), world.clock()).served()).isEmpty();
      look(world);
      world.rebuild();
      assertThat(world.entries()).isEqualTo(world.truth());
    }
  }
}

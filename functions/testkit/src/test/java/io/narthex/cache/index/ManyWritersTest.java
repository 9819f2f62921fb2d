package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers who all have something to write to the one shard that there is, at the same moment, as
 * separate processes: nothing is lost, nobody gives up, and what each of them costs does not grow
 * with their number.
 */
class ManyWritersTest {
  private static final int BATCH = 3;

  /** Measured: 1.9 of 25, 2.0 of 50, 2.3 of 100. */
  private static final double MOST = 2.5;

  /** By the clock of the turns, with answers that take as long as those of S3. */
  @ParameterizedTest
  @ValueSource(ints = {25, 50, 100})
  void costABoundedNumberOfRequestsEach(int writers) {
    double alone = requests(1);
    double together = requests(writers);
    assertThat(together).isLessThan(MOST * alone);
  }

  /** How many requests a batch takes, on the average of some histories. */
  private static double requests(int writers) {
    return IntStream.range(0, 5).mapToDouble(seed -> requests(writers, seed)).sum() / 5 / writers;
  }

  private static int requests(int writers, int seed) {
    var world = world(writers, seed);
    var random = new Random(seed);
    var turns = new Turns(world.clock());
    world.cache().interleaving(_ -> turns.pass(Duration.ofMillis(15 + random.nextInt(20))));
    world
        .state()
        .interleaving(
            request ->
                turns.pass(Duration.ofMillis((request.isWrite() ? 30 : 15) + random.nextInt(20))));
    forgetRequests(world);
    var retries =
        new Retries(turns::pass, random::nextLong, () -> world.clock().millis() * 1_000_000L);
    turns.run(
        IntStream.range(0, writers)
            .<Runnable>mapToObj(i -> () -> world.update(retries).look(batch(world, i)))
            .toList());
    int requests = world.state().requests().size() + world.cache().requests().size();
    world.cache().interleaving(_ -> {});
    world.state().interleaving(_ -> {});
    assertThat(world.entries()).isEqualTo(world.truth());
    return requests;
  }

  /** On threads of their own, with pauses of a tenth: what they wait for is this machine. */
  @Test
  void loseNothingOnThreads() throws ExecutionException, InterruptedException, TimeoutException {
    int writers = 100;
    var world = world(writers, 1);
    forgetRequests(world);
    var retries =
        new Retries(
            pause -> LockSupport.parkNanos(pause.toNanos() / 10),
            bound -> ThreadLocalRandom.current().nextLong(bound));
    var all = new CountDownLatch(writers);
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var updates = new ArrayList<Future<?>>();
      for (int i = 0; i < writers; i++) {
        List<StorePathHash> batch = batch(world, i);
        updates.add(
            threads.submit(
                () -> {
                  all.countDown();
                  all.await();
                  return world.update(retries).look(batch);
                }));
      }
      for (Future<?> update : updates) {
        update.get(1, TimeUnit.MINUTES);
      }
    }
    assertThat(world.entries()).isEqualTo(world.truth());
    assertThat(shardWrites(world.state())).isBetween((long) writers, 10L * writers);
  }

  private static long shardWrites(MemoryStore state) {
    return state.requests().stream()
        .filter(Fault.Request::isWrite)
        .filter(request -> request.key().contains("/shards/"))
        .count();
  }

  /** One with a path of which nobody knows yet for each of the messages. */
  private static IndexedWorld world(int writers, int seed) {
    var world = new IndexedWorld(seed, BATCH * writers, 0);
    world.rebuild();
    world.paths().forEach(world::uploadUntold);
    return world;
  }

  private static void forgetRequests(IndexedWorld world) {
    world.cache().forgetRequests();
    world.state().forgetRequests();
  }

  /** Some random hashes are the same ones, so that the last batch may be a little smaller. */
  private static List<StorePathHash> batch(IndexedWorld world, int writer) {
    List<StorePathHash> paths = world.paths();
    return paths.subList(writer * BATCH, Math.min(paths.size(), (writer + 1) * BATCH));
  }
}

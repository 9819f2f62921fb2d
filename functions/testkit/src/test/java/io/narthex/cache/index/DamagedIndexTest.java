package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes lie where the index has an object, who reads it fails by its name or is answered,
 * and allocates no more than some multiple of what lies there.
 */
class DamagedIndexTest {
  private static final int MUTATIONS = 1500;
  private static final long SEED = 6;

  /** Of each byte that is read, and what the test itself and any failure take. */
  private static final long ALLOCATED_A_BYTE = 200;

  private static final long ALLOCATED_ANYWAY = 4 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final IndexedWorld world = new IndexedWorld(SEED, 60, 0);
  private final Random random = new Random(SEED);

  /** What lies where, and one who reads it, who fails with a {@link StoreException} at most. */
  record Format(
      String name,
      boolean isCompressed,
      Function<Generation, ObjectKey> key,
      BiFunction<IndexedWorld, Generation, Object> reader) {
    void read(IndexedWorld world, Generation generation) {
      assertThat(reader.apply(world, generation)).isNotNull();
    }

    /** Where the objects lie that are read together. */
    String folder(Generation generation) {
      String of = key.apply(generation).value();
      return of.substring(0, of.lastIndexOf('/'));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Format> formats() {
    return Stream.of(
        new Format(
            "manifest",
            false,
            _ -> IndexKeys.manifest(),
            (world, _) -> new IndexObjects(world.state()).manifest()),
        new Format(
            "shard",
            true,
            of -> of.shardKey(Slice.ALL),
            (world, of) -> new IndexObjects(world.state()).shard(of, Slice.ALL)),
        new Format(
            "lines of a shard",
            true,
            of -> of.shardKey(Slice.ALL),
            (world, of) -> reader(world).entries(of, world.paths())),
        new Format(
            "set",
            false,
            of -> of.setKey(Slice.ALL),
            (world, of) -> reader(world).verdicts(of, world.paths())),
        new Format(
            "piece",
            false,
            of -> of.pieceKey(Slice.ALL),
            (world, of) -> new Pieces(world.state()).read(of, Slice.ALL)),
        new Format(
            "referrers", false, of -> of.referrersKey(Slice.ALL), DamagedIndexTest::referrers),
        new Format("names", true, of -> of.namesKey(Slice.ALL), DamagedIndexTest::named),
        new Format("hashes", false, of -> of.namedHashesKey(Slice.ALL), DamagedIndexTest::named),
        new Format(
            "statistics",
            false,
            Generation::statisticsKey,
            (world, of) -> reader(world).statistics(of)));
  }

  private static IndexReader reader(IndexedWorld world) {
    return new IndexReader(world.state(), world.clock());
  }

  private static Object named(IndexedWorld world, Generation generation) {
    return reader(world).search(generation, "-", Optional.empty()).next(1000);
  }

  private static Object referrers(IndexedWorld world, Generation generation) {
    var found = new ArrayList<StorePathHash>();
    for (StorePathHash path : world.paths().subList(0, 5)) {
      Referrers all = reader(world).referrers(generation, path, Optional.empty());
      found.addAll(all.next(1000));
      found.addAll(all.next(1000));
      found.addAll(reader(world).referrers(generation, path, Optional.of(path)).next(1));
    }
    return found;
  }

  @BeforeEach
  void build() {
    world.paths().forEach(world::uploadReadable);
    world.paths().stream().skip(5).forEach(path -> world.verdictUntold(path, VerdictTag.VERIFIED));
    world.rebuild();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void isAFailureOfThatObject(Format format) {
    Generation generation = world.served();
    ObjectKey key = format.key().apply(generation);
    byte[] whole = world.state().open(key).orElseThrow().readAll();
    format.read(world, generation);
    int failures = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated =
          format.isCompressed() && i % 2 == 0
              ? Zstd.compress(mutated(Zstd.decompress(whole, 1 << 20)))
              : mutated(whole);
      world.state().upload(key.value(), mutated);
      failures += reads(format, generation, mutated, "mutation " + i) ? 0 : 1;
    }
    assertThat(failures).isGreaterThan(MUTATIONS / 10);
  }

  /** Whether it could be read. */
  private boolean reads(Format format, Generation generation, byte[] bytes, String which) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean isRead = false;
    try {
      format.read(world, generation);
      isRead = true;
    } catch (StoreException e) {
      assertThat(e).as(which).hasMessageContaining(format.folder(generation));
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as(which)
        .isLessThan(ALLOCATED_ANYWAY + ALLOCATED_A_BYTE * bytes.length);
    return isRead;
  }

  /** A few bits or bytes are others, some are missing, some are there twice, or the end is. */
  private byte[] mutated(byte[] whole) {
    byte[] mutated = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> mutated = Arrays.copyOf(whole, random.nextInt(whole.length));
      case 1 -> {
        int from = random.nextInt(whole.length);
        int length = random.nextInt(1, 1 + Math.min(40, whole.length - from));
        mutated = new byte[whole.length - length];
        System.arraycopy(whole, 0, mutated, 0, from);
        System.arraycopy(whole, from + length, mutated, from, mutated.length - from);
      }
      case 2 -> {
        int from = random.nextInt(whole.length);
        int to = random.nextInt(whole.length);
        int length = Math.min(random.nextInt(1, 40), whole.length - Math.max(from, to));
        System.arraycopy(whole, from, mutated, to, length);
      }
      case 3 -> {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          mutated[random.nextInt(whole.length)] = (byte) random.nextInt();
        }
      }
      default -> mutated[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutated;
  }
}

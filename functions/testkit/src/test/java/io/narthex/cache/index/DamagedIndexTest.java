package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePathHash;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** What lies where, and one who reads it. */
  enum Format {
    MANIFEST {
      @Override
      ObjectKey key(Generation generation) {
        return IndexKeys.manifest();
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new IndexReader(world.state(), world.clock()).served();
      }
    },
    SHARD {
      @Override
      ObjectKey key(Generation generation) {
        return generation.shardKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new IndexObjects(world.state()).shard(generation, Slice.ALL);
      }
    },
    LINES {
      @Override
      ObjectKey key(Generation generation) {
        return generation.shardKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new IndexReader(world.state(), world.clock()).entries(generation, world.paths());
      }
    },
    SET {
      @Override
      ObjectKey key(Generation generation) {
        return generation.setKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new IndexReader(world.state(), world.clock()).verdicts(generation, world.paths());
      }
    },
    PIECE {
      @Override
      ObjectKey key(Generation generation) {
        return generation.pieceKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new Pieces(world.state()).read(generation, Slice.ALL);
      }
    },
    REFERRERS {
      @Override
      ObjectKey key(Generation generation) {
        return generation.referrersKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        var reader = new IndexReader(world.state(), world.clock());
        for (StorePathHash path : world.paths().subList(0, 5)) {
          Referrers all = reader.referrers(generation, path, Optional.empty());
          all.next(1000);
          all.next(1000);
          reader.referrers(generation, path, Optional.of(path)).next(1);
        }
      }
    },
    NAMES {
      @Override
      ObjectKey key(Generation generation) {
        return generation.namesKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        var reader = new IndexReader(world.state(), world.clock());
        reader.search(generation, "-", Optional.empty()).next(1000);
      }
    },
    NAMED_HASHES {
      @Override
      ObjectKey key(Generation generation) {
        return generation.namedHashesKey(Slice.ALL);
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        NAMES.read(world, generation);
      }
    },
    STATISTICS {
      @Override
      ObjectKey key(Generation generation) {
        return generation.statisticsKey();
      }

      @Override
      void read(IndexedWorld world, Generation generation) {
        new IndexReader(world.state(), world.clock()).statistics(generation);
      }
    };

    abstract ObjectKey key(Generation generation);

    /** Fails with a {@link StoreException} at most. */
    abstract void read(IndexedWorld world, Generation generation);

    /** Where the objects lie that are read together. */
    String folder(Generation generation) {
      String key = key(generation).value();
      return key.substring(0, key.lastIndexOf('/'));
    }

    boolean isCompressed() {
      return this == SHARD || this == LINES || this == NAMES;
    }
  }

  @BeforeEach
  void build() {
    world.paths().forEach(world::uploadReadable);
    world.paths().stream().skip(5).forEach(path -> world.verdictUntold(path, VerdictTag.VERIFIED));
    world.rebuild();
  }

  @ParameterizedTest
  @EnumSource
  void isAFailureOfThatObject(Format format) {
    Generation generation = world.served();
    ObjectKey key = format.key(generation);
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

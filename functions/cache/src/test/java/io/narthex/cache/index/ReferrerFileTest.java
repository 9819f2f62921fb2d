package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrerFileTest {
  private static final Slice SLICE = new Slice(2, 1);

  private final Random random = new Random(5);
  private final List<byte[]> pairs = new ArrayList<>();

  /** One whose reference is of the slice and has these bytes after its first one. */
  private void add(int first, int... bytes) {
    var pair = new byte[Pairs.LENGTH];
    random.nextBytes(pair);
    pair[0] = (byte) (0x40 | first);
    for (int i = 0; i < bytes.length; i++) {
      pair[i + 1] = (byte) bytes[i];
    }
    pairs.add(pair);
  }

  private static Span span(List<byte[]> some) {
    ByteBuffer all = ByteBuffer.allocate(some.size() * Pairs.LENGTH + 3).position(1);
    some.forEach(all::put);
    return new Span(all.array(), 1, all.position());
  }

  private byte[] sorted() {
    ByteBuffer all = ByteBuffer.allocate(pairs.size() * Pairs.LENGTH);
    pairs.stream().sorted(Arrays::compareUnsigned).forEach(all::put);
    return all.array();
  }

  private void requireSorted() {
    int half = pairs.size() / 2;
    byte[] file =
        ReferrerFile.write(
            SLICE, List.of(span(pairs.subList(0, half)), span(pairs.subList(half, pairs.size()))));
    assertThat(Arrays.copyOfRange(file, ReferrerFile.PAIRS, file.length)).isEqualTo(sorted());
    ByteBuffer table = ByteBuffer.wrap(file, ReferrerFile.TABLE, 257 * Long.BYTES);
    for (int i = 0; i < 256; i++) {
      // Two bits name the slice, so the table is of the other six of the first byte and two more.
      int before = 0x4000 | i << 6;
      assertThat(table.getLong())
          .isEqualTo(pairs.stream().filter(pair -> firstTwo(pair) < before).count());
    }
    assertThat(table.getLong()).isEqualTo(pairs.size());
  }

  private static int firstTwo(byte[] pair) {
    return Byte.toUnsignedInt(pair[0]) << 8 | Byte.toUnsignedInt(pair[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 300, 5000})
  void isSortedWhateverTheOrder(int count) {
    for (int i = 0; i < count; i++) {
      add(random.nextInt(64));
    }
    requireSorted();
  }

  @Test
  void isSortedAlsoWhereFirstBitsAreTheSame() {
    for (int i = 0; i < 20_000; i++) {
      add(7, 1, 2, 3, random.nextInt(3), 5, 6, 7);
    }
    requireSorted();
  }
}

package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StorePathHash;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordsTest {
  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";
  private static final int WIDTH = 12;
  private static final int KEY = 8;

  private static List<byte[]> random(int count, int values, long seed) {
    Random random = new Random(seed);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] record = new byte[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        record[j] = (byte) random.nextInt(values);
      }
      all.add(record);
    }
    return all;
  }

  private static Records of(List<byte[]> all) {
    byte[] bytes = new byte[all.size() * WIDTH];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(all.get(i), 0, bytes, i * WIDTH, WIDTH);
    }
    return new Records(MemorySegment.ofArray(bytes), WIDTH, KEY);
  }

  private static byte[] key(byte[] record) {
    return Arrays.copyOf(record, KEY);
  }

  /** Few values make long common beginnings, and many records that are the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 256})
  void sortsByTheKeyAlone(int values) {
    List<byte[]> all = random(5000, values, values);
    Records records = of(all);
    records.sort();
    List<byte[]> keys = all.stream().map(RecordsTest::key).sorted(Arrays::compareUnsigned).toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(key(records.get(i))).isEqualTo(keys.get(i));
    }
    assertThat(IntStream.range(0, all.size()).mapToObj(i -> Arrays.toString(records.get(i))))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Arrays::toString).toList());
  }

  @Test
  void findsWhatIsThere() {
    List<byte[]> all = random(3000, 4, 9);
    Records records = of(all);
    records.sort();
    Records distinct = records.distinct();
    assertThat(distinct.count())
        .isEqualTo(all.stream().map(record -> Arrays.toString(key(record))).distinct().count());
    for (byte[] record : all) {
      long at = distinct.lowerBound(key(record), 0, distinct.count());
      assertThat(distinct.hasKey(at, key(record))).isTrue();
    }
    byte[] beyond = new byte[KEY];
    Arrays.fill(beyond, (byte) 0xff);
    assertThat(distinct.lowerBound(beyond, 0, distinct.count())).isEqualTo(distinct.count());
  }

  @Test
  void aPackedHashIsTheHash() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      var text = new StringBuilder();
      random.ints(32, 0, 32).forEach(c -> text.append(NIX32.charAt(c)));
      StorePathHash hash = new StorePathHash(text.toString());
      assertThat(PackedHash.pack(hash)).hasSize(PackedHash.LENGTH);
      assertThat(PackedHash.unpack(PackedHash.pack(hash))).isEqualTo(hash);
    }
  }

  @Test
  void packedHashesAreInTheOrderOfTheTexts() {
    StorePathHash one = new StorePathHash("9" + "z".repeat(31));
    StorePathHash other = new StorePathHash("a" + "0".repeat(31));
    assertThat(Arrays.compareUnsigned(PackedHash.pack(one), PackedHash.pack(other))).isNegative();
  }
}

package io.narthex.cache.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.nix.path.StorePathHash;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {
  private static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";

  static StorePathHash hash(Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < StorePathHash.LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new StorePathHash(text.toString());
  }

  @ParameterizedTest(name = "{0} bits, number {1}: {2}")
  @CsvSource({
    "0, 0, 0, ''",
    "1, 0, 0, ''",
    "1, 1, h, ''",
    "5, 31, z, z",
    "6, 0, 00, 0",
    "6, 63, zh, z",
    "8, 255, zw, z",
    "10, 1023, zz, zz",
    "11, 5, 02h, 02",
  })
  void isNamedByItsFirstHash(int bits, int number, String prefix, String shared) {
    var slice = new Slice(bits, number);
    assertThat(slice.prefix()).isEqualTo(prefix);
    assertThat(slice.sharedPrefix()).isEqualTo(shared);
    assertThat(slice.lowest().nix32()).startsWith(prefix).endsWith("0".repeat(28));
    assertThat(slice.contains(slice.lowest())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 7, 13, 29})
  void isInTheOrderOfItsHashes(int bits) {
    var random = new Random(bits);
    for (int i = 0; i < 1000; i++) {
      StorePathHash one = hash(random);
      StorePathHash other = hash(random);
      Slice ofOne = Slice.of(one, bits);
      Slice ofOther = Slice.of(other, bits);
      assertThat(ofOne.contains(one)).isTrue();
      assertThat(one.nix32()).startsWith(ofOne.sharedPrefix());
      assertThat(ofOne.lowest()).isLessThanOrEqualTo(one);
      if (!ofOne.equals(ofOther)) {
        assertThat(Integer.signum(ofOne.compareTo(ofOther)))
            .isEqualTo(Integer.signum(one.compareTo(other)))
            .isEqualTo(Integer.signum(ofOne.prefix().compareTo(ofOther.prefix())));
      }
    }
  }

  @Test
  void consistsOfNarrowerOnes() {
    var slice = new Slice(3, 5);
    assertThat(slice.split(5)).hasSize(4).allMatch(part -> part.within(3).equals(slice));
    assertThat(slice.split(3)).containsExactly(slice);
    assertThat(Slice.ALL.split(8)).hasSize(256).isSorted();
  }

  @Test
  void refusesNumbersBeyondItsBits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice(3, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice(30, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice(0, -1));
  }
}

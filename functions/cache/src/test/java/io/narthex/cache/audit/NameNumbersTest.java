package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NameNumbersTest {
  private static final int NAMES = 20_000;

  private final NameNumbers numbers = new NameNumbers();

  @Test
  void theSameNameHasTheSameNumber() {
    assertThat(numbers.of("hello-" + "2.12.1".strip())).isEqualTo(numbers.of("hello-2.12.1"));
  }

  @Test
  void otherNamesHaveOthers() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < NAMES; i++) {
      seen.add(numbers.of("hello-" + i));
      seen.add(numbers.of(i + "-hello"));
    }
    assertThat(seen).hasSize(2 * NAMES);
  }

  @Test
  void lengthAndOrderCount() {
    Set<Long> seen = new HashSet<>();
    for (String name :
        new String[] {"", "\0", "\0\0", "\0\0\0", "\0\0\0\0", "abcdef", "defabc", "abcfed"}) {
      seen.add(numbers.of(name));
    }
    assertThat(seen).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 32, (1L << 60) + 12_345, (1L << 61) - 2})
  void theyAreValuesOfPolynomials(long point) {
    var known = new NameNumbers(point);
    for (int length = 0; length <= 211; length++) {
      String name = "~-zZ\uffff".repeat(43).substring(0, length);
      assertThat(known.of(name)).isEqualTo(value(name, point));
    }
  }

  /** By the definition. */
  private static long value(String name, long point) {
    BigInteger prime = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
    BigInteger value = BigInteger.valueOf(name.length() + 1L);
    for (int i = 0; i < name.length(); i += 3) {
      BigInteger coefficient = BigInteger.ZERO;
      for (char character : name.substring(i, Math.min(i + 3, name.length())).toCharArray()) {
        coefficient = coefficient.shiftLeft(16).add(BigInteger.valueOf(character));
      }
      value = value.multiply(BigInteger.valueOf(point)).add(coefficient).mod(prime);
    }
    return value.longValueExact();
  }

  @Test
  void nobodyElseKnowsThem() {
    assertThat(new NameNumbers().of("hello")).isNotEqualTo(numbers.of("hello"));
  }
}

package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

  @Test
  void nobodyElseKnowsThem() {
    assertThat(new NameNumbers().of("hello")).isNotEqualTo(numbers.of("hello"));
  }
}

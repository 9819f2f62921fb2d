package io.narthex.nix.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedValuesTest {
  private final List<String> given = new ArrayList<>(List.of("c", "a", "b", "a"));
  private final SortedValues<String> values = SortedValues.of(given);

  @Test
  void isTheTreeSetOfTheSame() {
    var tree = new TreeSet<>(given);
    assertThat(values).containsExactlyElementsOf(tree).isEqualTo(tree).hasSameHashCodeAs(tree);
    assertThat(tree).isEqualTo(values);
    assertThat(values.first()).isEqualTo("a");
    assertThat(values.last()).isEqualTo("c");
    assertThat(values.contains("b")).isTrue();
    assertThat(values.contains("bb")).isFalse();
    assertThat(values.subSet("a", "c")).isEqualTo(tree.subSet("a", "c"));
    assertThat(values.headSet("b")).isEqualTo(tree.headSet("b"));
    assertThat(values.tailSet("b")).isEqualTo(tree.tailSet("b"));
    assertThat(values.comparator()).isNull();
  }

  @Test
  void doesNotChange() {
    given.clear();
    assertThat(values).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> values.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(values).containsExactly("a", "b", "c");
  }

  @Test
  void hasNoFirstWhereThereIsNone() {
    var none = SortedValues.of(List.<String>of());
    assertThat(none).isEmpty();
    assertThatThrownBy(none::first).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(none::last).isInstanceOf(NoSuchElementException.class);
  }
}

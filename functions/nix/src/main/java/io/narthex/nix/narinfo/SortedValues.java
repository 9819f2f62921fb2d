package io.narthex.nix.narinfo;

import static java.util.Objects.requireNonNull;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set in natural order that never changes, for which one array is enough. */
@SuppressWarnings("JdkObsolete") // what a narinfo promises is a SortedSet
final class SortedValues<T extends Comparable<T>> extends AbstractSet<T> implements SortedSet<T> {
  /** In natural order, each once. */
  private final List<T> values;

  private SortedValues(List<T> values) {
    this.values = values;
  }

  /** Of these, in whatever order they are. */
  static <T extends Comparable<T>> SortedValues<T> of(Collection<T> values) {
    if (values instanceof SortedValues<T> sorted) {
      return sorted;
    }
    List<T> copy = List.copyOf(values);
    return new SortedValues<>(isSorted(copy) ? copy : List.copyOf(new TreeSet<>(copy)));
  }

  private static <T extends Comparable<T>> boolean isSorted(List<T> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).compareTo(values.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Iterator<T> iterator() {
    return values.iterator();
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public Object[] toArray() {
    return values.toArray();
  }

  @Override
  public boolean contains(@Nullable Object value) {
    // As in a TreeSet, what cannot be compared with the values is no question.
    @SuppressWarnings("unchecked")
    T sought = (T) requireNonNull(value, "value is null");
    return Collections.binarySearch(values, sought) >= 0;
  }

  @Override
  public @Nullable Comparator<? super T> comparator() {
    return null;
  }

  @Override
  public SortedSet<T> subSet(T from, T to) {
    return new TreeSet<>(values).subSet(from, to);
  }

  @Override
  public SortedSet<T> headSet(T to) {
    return new TreeSet<>(values).headSet(to);
  }

  @Override
  public SortedSet<T> tailSet(T from) {
    return new TreeSet<>(values).tailSet(from);
  }

  @Override
  public T first() {
    return values.getFirst();
  }

  @Override
  public T last() {
    return values.getLast();
  }
}

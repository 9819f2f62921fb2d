package io.narthex.nix.address;

import io.narthex.nix.path.StorePath;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The references of a store object whose own path may not be known yet.
 *
 * @param others the references to other paths, sorted, without the object's own
 * @param self whether it refers to itself
 */
public record StoreReferences(SortedSet<StorePath> others, boolean self) {
  /** No references. */
  public static final StoreReferences NONE = new StoreReferences(new TreeSet<>(), false);

  public StoreReferences {
    others = Collections.unmodifiableSortedSet(new TreeSet<>(List.copyOf(others)));
  }

  /** The references of this path, which may be among them. */
  public static StoreReferences of(StorePath path, Collection<StorePath> references) {
    var others = new TreeSet<>(references);
    boolean self = others.remove(path);
    return new StoreReferences(others, self);
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return others.isEmpty() && !self;
  }
}

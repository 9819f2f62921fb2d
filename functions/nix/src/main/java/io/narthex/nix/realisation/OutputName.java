package io.narthex.nix.realisation;

import io.narthex.nix.path.StorePathName;

/**
 * The name of a derivation's output, e.g. {@code out}.
 *
 * @param name what a store path's name may be
 * @see <a href="https://nix.dev/manual/nix/latest/store/derivation/outputs">Derivation outputs</a>
 */
public record OutputName(String name) implements Comparable<OutputName> {
  public OutputName {
    name = new StorePathName(name).name();
  }

  @Override
  public int compareTo(OutputName other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}

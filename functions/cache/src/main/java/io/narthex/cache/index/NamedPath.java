package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import java.util.zip.CRC32C;

/** A path by its name. */
record NamedPath(String name, StorePathHash hash) implements Comparable<NamedPath> {
  NamedPath {
    requireNonNull(name, "name is null");
    requireNonNull(hash, "hash is null");
  }

  /** The partition of its name: the first of this many bits of its CRC-32C, so they are even. */
  int partition(int bits) {
    var crc = new CRC32C();
    crc.update(name.getBytes(US_ASCII));
    return bits == 0 ? 0 : (int) (crc.getValue() >>> (Integer.SIZE - bits));
  }

  @Override
  public int compareTo(NamedPath other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : hash.compareTo(other.hash);
  }
}

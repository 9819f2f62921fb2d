package io.narthex.nix.nar;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;

/**
 * What identifies a stream: the SHA-256 of all its bytes and how many they are.
 *
 * @param size in bytes
 */
public record StreamDigest(Hash sha256, long size) {
  public StreamDigest {
    if (sha256.algorithm() != HashAlgorithm.SHA256) {
      throw new IllegalArgumentException("a " + sha256.algorithm() + ", not a sha256");
    }
    if (size < 0) {
      throw new IllegalArgumentException("negative size " + size);
    }
  }
}

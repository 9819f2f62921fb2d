package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

/**
 * What identifies a stream: the SHA-256 of all its bytes and how many they are.
 *
 * @param size in bytes
 */
public record StreamDigest(Sha256 sha256, long size) {
  public StreamDigest {
    requireNonNull(sha256, "sha256 is null");
    if (size < 0) {
      throw new IllegalArgumentException("negative size " + size);
    }
  }
}

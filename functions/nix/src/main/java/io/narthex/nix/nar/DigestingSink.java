package io.narthex.nix.nar;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import java.security.MessageDigest;

/** Digests and counts what is fed to it. */
final class DigestingSink implements ByteSink {
  private final MessageDigest digest = HashAlgorithm.SHA256.newDigest();
  private long size;

  @Override
  public void feed(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
    size += length;
  }

  StreamDigest finish() {
    return new StreamDigest(Hash.of(HashAlgorithm.SHA256, digest.digest()), size);
  }
}

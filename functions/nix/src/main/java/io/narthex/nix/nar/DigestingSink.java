package io.narthex.nix.nar;

import java.security.MessageDigest;

/** Digests and counts what is fed to it. */
final class DigestingSink implements ByteSink {
  private final MessageDigest digest = Sha256.newDigest();
  private long size;

  @Override
  public void feed(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
    size += length;
  }

  StreamDigest finish() {
    return new StreamDigest(Sha256.of(digest), size);
  }
}

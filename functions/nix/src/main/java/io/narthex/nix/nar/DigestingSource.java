package io.narthex.nix.nar;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Digests and counts what is read through it. */
final class DigestingSource extends InputStream {
  private final InputStream source;
  private final MessageDigest digest = HashAlgorithm.SHA256.newDigest();
  private long size;

  DigestingSource(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = source.read(into, offset, length);
    if (count > 0) {
      digest.update(into, offset, count);
      size += count;
    }
    return count;
  }

  /** Reads the source to its end, through this buffer, and says what it was. */
  StreamDigest drain(byte[] buffer) throws IOException {
    while (read(buffer, 0, buffer.length) >= 0) {
      // Digested by the read.
    }
    return new StreamDigest(Hash.of(HashAlgorithm.SHA256, digest.digest()), size);
  }
}

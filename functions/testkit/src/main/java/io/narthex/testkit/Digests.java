package io.narthex.testkit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that the fakes need. */
final class Digests {
  private Digests() {}

  static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

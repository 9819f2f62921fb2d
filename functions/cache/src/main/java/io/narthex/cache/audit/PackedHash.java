package io.narthex.cache.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import java.util.Arrays;

/** Hashes as the bytes that are kept of them. */
final class PackedHash {
  /** Bytes of a packed store hash. */
  static final int LENGTH = 20;

  /** Bytes of a digest. */
  static final int DIGEST = 16;

  private static final String NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";
  private static final int A_CHARACTER = 5;

  private PackedHash() {}

  /** 20 bytes, in the order of the text: each character is five bits, the first the highest. */
  static byte[] pack(StorePathHash hash) {
    byte[] packed = new byte[LENGTH];
    String text = hash.nix32();
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < StorePathHash.LENGTH; i++) {
      bits = (bits << A_CHARACTER) | Nix32.digit(text.charAt(i));
      held += A_CHARACTER;
      if (held >= Byte.SIZE) {
        held -= Byte.SIZE;
        packed[at++] = (byte) (bits >> held);
      }
    }
    return packed;
  }

  /** The hash of which these are the bytes. */
  static StorePathHash unpack(byte[] packed) {
    var text = new StringBuilder(StorePathHash.LENGTH);
    int bits = 0;
    int held = 0;
    for (byte b : packed) {
      bits = (bits << Byte.SIZE) | Byte.toUnsignedInt(b);
      held += Byte.SIZE;
      while (held >= A_CHARACTER) {
        held -= A_CHARACTER;
        text.append(NIX32.charAt((bits >> held) & 31));
      }
    }
    return new StorePathHash(text.toString());
  }

  /** The first bytes of the SHA-256 of a text: enough that nobody finds two texts with the same. */
  static byte[] digest(String text) {
    return Arrays.copyOf(HashAlgorithm.SHA256.newDigest().digest(text.getBytes(UTF_8)), DIGEST);
  }
}

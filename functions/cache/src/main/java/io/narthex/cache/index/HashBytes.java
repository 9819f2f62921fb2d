package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePathHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 160 bits of a hash in the order of its text, as 20 bytes: each nix32 character is five of
 * them, the first character the highest. So bytes are ordered as texts are.
 */
final class HashBytes {
  static final int LENGTH = 20;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Eight characters are five bytes. */
  private static final int CHARACTERS = 8;

  private static final int BYTES = 5;

  private HashBytes() {}

  static byte[] of(StorePathHash hash) {
    var bytes = new byte[LENGTH];
    write(hash, bytes, 0);
    return bytes;
  }

  static void write(StorePathHash hash, byte[] target, int at) {
    write(hash.nix32().getBytes(US_ASCII), 0, target, at);
  }

  /** The same of a hash that begins somewhere in a text. */
  static void write(byte[] text, int start, byte[] target, int at) {
    int to = at;
    for (int i = start; i < start + StorePathHash.LENGTH; i += CHARACTERS) {
      long bits = 0;
      for (int j = i; j < i + CHARACTERS; j++) {
        bits = bits << HashBits.A_CHARACTER | Nix32.digit((char) text[j]);
      }
      for (int shift = (BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        target[to++] = (byte) (bits >>> shift);
      }
    }
  }

  static StorePathHash read(byte[] source, int at) {
    var text = new StringBuilder(StorePathHash.LENGTH);
    for (int i = at; i < at + LENGTH; i += BYTES) {
      long bits = 0;
      for (int j = 0; j < BYTES; j++) {
        bits = bits << Byte.SIZE | Byte.toUnsignedLong(source[i + j]);
      }
      for (int j = CHARACTERS - 1; j >= 0; j--) {
        text.append(Nix32.ALPHABET.charAt((int) (bits >>> (j * HashBits.A_CHARACTER)) & 31));
      }
    }
    return new StorePathHash(text.toString());
  }

  /** The first bits of a hash that lies there, at most {@link HashBits#MAX}, as a number. */
  static long first(byte[] source, int at, int bits) {
    return bits == 0 ? 0 : (long) WORDS.get(source, at) >>> (Long.SIZE - bits);
  }
}

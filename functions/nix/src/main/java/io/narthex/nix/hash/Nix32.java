package io.narthex.nix.hash;

import io.narthex.nix.text.Excerpt;
import java.util.Arrays;

/**
 * Nix's base 32: digits and lower-case letters without {@code e o u t}, most significant digit
 * first, so that the last character holds the lowest 5 bits of the first byte.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/nix32">Nix32</a>
 */
public final class Nix32 {
  /** The 32 digits in the order of their values. */
  public static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";

  private static final byte NONE = -1;
  private static final byte[] DIGITS = digits();

  private Nix32() {}

  private static byte[] digits() {
    var digits = new byte['z' + 1];
    Arrays.fill(digits, NONE);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }

  /** The value of a digit, 0 to 31; -1 for any other character. */
  public static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : NONE;
  }

  /** How many characters this many bytes take: 52 for 32, 32 for 20. */
  public static int encodedLength(int size) {
    return (size * 8 + 4) / 5;
  }

  /** The characters for these bytes. */
  public static String encode(byte[] bytes) {
    int length = encodedLength(bytes.length);
    var text = new StringBuilder(length);
    for (int n = length - 1; n >= 0; n--) {
      int first = n * 5 / 8;
      int next = first + 1 < bytes.length ? Byte.toUnsignedInt(bytes[first + 1]) : 0;
      int window = Byte.toUnsignedInt(bytes[first]) | next << 8;
      text.append(ALPHABET.charAt(window >> n * 5 % 8 & 0x1f));
    }
    return text.toString();
  }

  /**
   * The bytes that the text stands for.
   *
   * @param size how many bytes are expected
   * @throws IllegalArgumentException for another length, a character outside the alphabet, or bits
   *     beyond the last byte that are not zero
   */
  public static byte[] decode(String text, int size) {
    if (text.length() != encodedLength(size)) {
      throw new IllegalArgumentException(
          "expected " + encodedLength(size) + " nix32 characters: " + Excerpt.of(text));
    }
    var bytes = new byte[size];
    for (int n = 0; n < text.length(); n++) {
      int digit = digit(text.charAt(text.length() - n - 1));
      if (digit < 0) {
        throw new IllegalArgumentException("not nix32: " + Excerpt.of(text));
      }
      place(digit << n * 5 % 8, n * 5 / 8, bytes, text);
    }
    return bytes;
  }

  private static void place(int window, int index, byte[] bytes, String text) {
    bytes[index] |= (byte) window;
    int overflow = window >> 8;
    if (index + 1 < bytes.length) {
      bytes[index + 1] |= (byte) overflow;
    } else if (overflow != 0) {
      throw new IllegalArgumentException("nix32 with excess bits: " + Excerpt.of(text));
    }
  }
}

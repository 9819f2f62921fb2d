package io.narthex.nix.text;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 as Nix reads it: decoding stops at the first {@code =}, padding is optional, and bits left
 * over at the end are dropped. Writing is the standard, padded form.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libutil/base-n.cc">base-n.cc</a>
 */
public final class NixBase64 {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte[] DIGITS = digits();

  private NixBase64() {}

  /** The standard alphabet with padding. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes that the text stands for.
   *
   * @throws IllegalArgumentException for a character outside the alphabet before the first {@code
   *     =}
   */
  public static byte[] decode(String text) {
    int end = text.indexOf('=');
    String digits = end < 0 ? text : text.substring(0, end);
    var bytes = new byte[(int) (digits.length() * 6L / 8)];
    int pending = 0;
    int pendingBits = 0;
    int filled = 0;
    for (int i = 0; i < digits.length(); i++) {
      pending = (pending << 6 | digit(digits, i)) & 0xfff;
      pendingBits += 6;
      if (pendingBits >= 8) {
        pendingBits -= 8;
        bytes[filled++] = (byte) (pending >> pendingBits);
      }
    }
    return bytes;
  }

  private static int digit(String digits, int index) {
    char c = digits.charAt(index);
    int digit = c < DIGITS.length ? DIGITS[c] : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("not base64: " + Excerpt.of(digits));
    }
    return digit;
  }

  private static byte[] digits() {
    var digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }
}

package io.narthex.local.audit.signature;

import java.math.BigInteger;

/**
 * A number below the order of the group, in signed digits.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, section 5.1: L</a>
 */
final class Scalar {
  /** How many bits a digit has. */
  static final int DIGIT_BITS = 8;

  /** No digit is greater than this, or not greater than its negative. */
  static final int GREATEST_DIGIT = 1 << (DIGIT_BITS - 1);

  /** How many digits there are: one bit more than a scalar has, for the last carry. */
  static final int DIGITS = (253 + DIGIT_BITS) / DIGIT_BITS;

  private static final int SIZE = 32;
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final byte[] bytes;

  private Scalar(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of 32 bytes, the lowest first, that are below the order. */
  static Scalar of(byte[] littleEndian) {
    return new Scalar(littleEndian);
  }

  /** What remains of a number of any length, its lowest byte first. */
  static Scalar reduced(byte[] littleEndian) {
    byte[] number = new BigInteger(1, reversed(littleEndian)).mod(ORDER).toByteArray();
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < number.length; i++) {
      bytes[number.length - 1 - i] = number[i];
    }
    return new Scalar(bytes);
  }

  /** The digits, the lowest first. */
  int[] digits() {
    var digits = new int[DIGITS];
    int carry = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = bits(i * DIGIT_BITS) + carry;
      carry = digit > GREATEST_DIGIT ? 1 : 0;
      digits[i] = digit - (carry << DIGIT_BITS);
    }
    return digits;
  }

  private int bits(int from) {
    int at = from / Byte.SIZE;
    int low = Byte.toUnsignedInt(bytes[at]);
    int high = at + 1 < bytes.length ? Byte.toUnsignedInt(bytes[at + 1]) : 0;
    return (low | high << Byte.SIZE) >> (from % Byte.SIZE) & ((1 << DIGIT_BITS) - 1);
  }

  private static byte[] reversed(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[bytes.length - 1 - i] = bytes[i];
    }
    return reversed;
  }
}

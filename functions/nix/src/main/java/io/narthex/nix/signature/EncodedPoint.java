package io.narthex.nix.signature;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What libsodium asks of the encoding of a point before it computes with it.
 *
 * @see <a
 *     href="https://github.com/jedisct1/libsodium/blob/1.0.18/src/libsodium/crypto_core/ed25519/ref10/ed25519_ref10.c">libsodium,
 *     ge25519_is_canonical and ge25519_has_small_order</a>
 */
final class EncodedPoint {
  private static final int SIZE = 32;

  /** The y coordinates of the points whose order divides 8, and two that are not canonical. */
  private static final List<byte[]> OF_SMALL_ORDER =
      List.of(
          hex("0000000000000000000000000000000000000000000000000000000000000000"),
          hex("0100000000000000000000000000000000000000000000000000000000000000"),
          hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
          hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
          hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

  private static final byte[] FIELD_ORDER =
      hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private EncodedPoint() {}

  /** Whether 8 times the point is neutral; its sign does not matter. */
  static boolean isOfSmallOrder(byte[] encoded) {
    byte[] y = withoutSign(encoded);
    return OF_SMALL_ORDER.stream().anyMatch(one -> Arrays.equals(one, y));
  }

  /** Whether the y coordinate is below the order of the field. */
  static boolean isCanonical(byte[] encoded) {
    return isBelow(withoutSign(encoded), FIELD_ORDER);
  }

  /** Whether one number of 32 bytes, the lowest first, is smaller than another. */
  static boolean isBelow(byte[] number, byte[] bound) {
    for (int i = SIZE - 1; i >= 0; i--) {
      if (number[i] != bound[i]) {
        return Byte.compareUnsigned(number[i], bound[i]) < 0;
      }
    }
    return false;
  }

  private static byte[] withoutSign(byte[] encoded) {
    byte[] y = Arrays.copyOf(encoded, SIZE);
    y[SIZE - 1] &= 0x7f;
    return y;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}

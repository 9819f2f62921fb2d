package io.narthex.nix.signature;

import java.util.HexFormat;
import java.util.Set;

/**
 * The encodings of the points of Edwards 25519 whose order divides 8, whatever their sign bit.
 *
 * @see <a
 *     href="https://github.com/jedisct1/libsodium/blob/master/src/libsodium/crypto_core/ed25519/ref10/ed25519_ref10.c">libsodium,
 *     ge25519_has_small_order</a>
 */
final class SmallOrderPoints {
  private static final Set<String> Y_COORDINATES =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private SmallOrderPoints() {}

  static boolean contains(byte[] encoded) {
    byte[] y = encoded.clone();
    y[y.length - 1] &= 0x7f;
    return Y_COORDINATES.contains(HexFormat.of().formatHex(y));
  }
}

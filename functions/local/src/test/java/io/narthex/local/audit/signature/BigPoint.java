package io.narthex.local.audit.signature;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Edwards 25519 by the book: whole numbers, projective coordinates, one formula for all additions.
 * Slow, and shares nothing with what it is compared to.
 *
 * @see <a
 *     href="https://www.hyperelliptic.org/EFD/g1p/auto-twisted-projective.html#addition-add-2008-bbjlp">Bernstein
 *     and others: addition</a>
 */
record BigPoint(BigInteger x, BigInteger y, BigInteger z) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);
  static final BigPoint NEUTRAL = new BigPoint(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
  static final BigPoint BASE =
      decode(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P), false)
          .orElseThrow();

  /** One of the points of order 8. */
  static final BigPoint TORSION =
      decode(
              new BigInteger(
                  "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
              false)
          .orElseThrow();

  private static final int BYTES = 32;

  private static BigInteger inverse(BigInteger number) {
    return number.modInverse(P);
  }

  static Optional<BigPoint> decode(BigInteger y, boolean odd) {
    BigInteger ySquared = y.multiply(y).mod(P);
    BigInteger xSquared =
        ySquared
            .subtract(BigInteger.ONE)
            .multiply(inverse(D.multiply(ySquared).add(BigInteger.ONE).mod(P)))
            .mod(P);
    BigInteger x = xSquared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xSquared)) {
      BigInteger root = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
      x = x.multiply(root).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(xSquared)) {
      return Optional.empty();
    }
    return Optional.of(
        new BigPoint(x.testBit(0) == odd ? x : P.subtract(x).mod(P), y, BigInteger.ONE));
  }

  BigPoint plus(BigPoint other) {
    BigInteger a = z.multiply(other.z).mod(P);
    BigInteger b = a.multiply(a).mod(P);
    BigInteger c = x.multiply(other.x).mod(P);
    BigInteger dd = y.multiply(other.y).mod(P);
    BigInteger e = D.multiply(c).multiply(dd).mod(P);
    BigInteger f = b.subtract(e);
    BigInteger g = b.add(e);
    BigInteger cross = x.add(y).multiply(other.x.add(other.y)).subtract(c).subtract(dd).mod(P);
    return new BigPoint(
        a.multiply(f).multiply(cross).mod(P),
        a.multiply(g).multiply(dd.add(c)).mod(P),
        f.multiply(g).mod(P));
  }

  BigPoint negate() {
    return new BigPoint(P.subtract(x).mod(P), y, z);
  }

  BigPoint times(BigInteger factor) {
    BigPoint sum = NEUTRAL;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = sum.plus(sum);
      if (factor.testBit(bit)) {
        sum = sum.plus(this);
      }
    }
    return sum;
  }

  byte[] encode() {
    BigInteger inverse = inverse(z);
    byte[] encoded = littleEndian(y.multiply(inverse).mod(P));
    if (x.multiply(inverse).mod(P).testBit(0)) {
      encoded[BYTES - 1] |= (byte) 0x80;
    }
    return encoded;
  }

  /** The 32 bytes of a number, the lowest first. */
  static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = number.shiftRight(i * Byte.SIZE).byteValue();
    }
    return bytes;
  }

  /** The number of these bytes, the lowest first. */
  static BigInteger number(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }
}

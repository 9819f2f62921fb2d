package io.narthex.local.audit.signature;

import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A point of Edwards 25519, {@code -x² + y² = 1 + dx²y²}, in affine coordinates: field elements of
 * BouncyCastle's, not to be changed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, section 5.1</a>
 */
final class CurvePoint {
  /** How many bytes an encoded point has. */
  static final int SIZE = 32;

  private static final int[] D =
      element("a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352");

  private final int[] x;
  private final int[] y;

  CurvePoint(int[] x, int[] y) {
    this.x = x;
    this.y = y;
  }

  /** The generator of the group of prime order. */
  static CurvePoint base() {
    return decode(HexFormat.of().parseHex("58" + "66".repeat(SIZE - 1))).orElseThrow();
  }

  /**
   * Reads a y coordinate below the field's order and the sign of the x coordinate; empty if there
   * is no such point.
   */
  static Optional<CurvePoint> decode(byte[] encoded) {
    int[] y = X25519Field.create();
    X25519Field.decode255(encoded, y);
    int[] u = X25519Field.create();
    int[] v = X25519Field.create();
    X25519Field.sqr(y, u);
    X25519Field.mul(D, u, v);
    X25519Field.subOne(u);
    X25519Field.addOne(v);
    int[] x = X25519Field.create();
    if (!X25519Field.sqrtRatioVar(u, v, x)) {
      return Optional.empty();
    }
    X25519Field.normalize(x);
    boolean odd = encoded[SIZE - 1] < 0;
    var point = new CurvePoint(x, y);
    return Optional.of(((x[0] & 1) == 1) == odd ? point : point.negate());
  }

  /** The point that adds up with this one to the neutral point. */
  CurvePoint negate() {
    int[] negated = X25519Field.create();
    X25519Field.negate(x, negated);
    X25519Field.normalize(negated);
    return new CurvePoint(negated, y);
  }

  /** The 32 bytes of the point; its coordinates are normalized. */
  byte[] encode() {
    byte[] encoded = new byte[SIZE];
    X25519Field.encode(y, encoded);
    encoded[SIZE - 1] |= (byte) ((x[0] & 1) << 7);
    return encoded;
  }

  int[] x() {
    return x;
  }

  int[] y() {
    return y;
  }

  /** {@code dxy}. */
  int[] dxy() {
    int[] product = X25519Field.create();
    X25519Field.mul(x, y, product);
    X25519Field.mul(product, D, product);
    return product;
  }

  /** The element of the field with these 32 bytes, the lowest first. */
  static int[] element(String hex) {
    int[] element = X25519Field.create();
    X25519Field.decode255(HexFormat.of().parseHex(hex), element);
    return element;
  }
}

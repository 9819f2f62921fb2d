package io.narthex.local.audit.signature;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A sum of points, neutral at first. Additions are by the formula that is complete on this curve,
 * so no pair of points is an exception to it. Of one thread.
 *
 * @see <a
 *     href="https://www.hyperelliptic.org/EFD/g1p/auto-twisted-extended-1.html#addition-madd-2008-hwcd-3">Hisil,
 *     Wong, Carter, Dawson: addition, the second point affine</a>
 */
final class PointSum {
  private final int[] x = X25519Field.create();
  private final int[] y = X25519Field.create();
  private final int[] z = X25519Field.create();

  /** {@code xy = uvz}. */
  private final int[] u = X25519Field.create();

  private final int[] v = X25519Field.create();

  private final int[] a = X25519Field.create();
  private final int[] b = X25519Field.create();
  private final int[] c = X25519Field.create();
  private final int[] f = X25519Field.create();
  private final int[] g = X25519Field.create();

  PointSum() {
    X25519Field.one(y);
    X25519Field.one(z);
    X25519Field.one(v);
  }

  /** Adds a point. */
  void add(AddedPoint point) {
    add(point.halfSum(), point.halfDifference(), point.dxy(), g, f);
  }

  /** Subtracts a point. */
  void subtract(AddedPoint point) {
    add(point.halfDifference(), point.halfSum(), point.dxy(), f, g);
  }

  private void add(int[] ofB, int[] ofA, int[] dxy, int[] plus, int[] minus) {
    X25519Field.apm(y, x, b, a);
    X25519Field.mul(a, ofA, a);
    X25519Field.mul(b, ofB, b);
    X25519Field.mul(u, v, c);
    X25519Field.mul(c, dxy, c);
    X25519Field.apm(b, a, v, u);
    X25519Field.apm(z, c, plus, minus);
    X25519Field.mul(u, f, x);
    X25519Field.mul(g, v, y);
    X25519Field.mul(f, g, z);
  }

  /** A sum of its own, of the same value. */
  PointSum copy() {
    var copy = new PointSum();
    X25519Field.copy(x, 0, copy.x, 0);
    X25519Field.copy(y, 0, copy.y, 0);
    X25519Field.copy(z, 0, copy.z, 0);
    X25519Field.copy(u, 0, copy.u, 0);
    X25519Field.copy(v, 0, copy.v, 0);
    return copy;
  }

  /** The sums as points, by one inversion for all. */
  static CurvePoint[] affine(PointSum... sums) {
    var products = new int[sums.length + 1][X25519Field.SIZE];
    X25519Field.one(products[0]);
    for (int i = 0; i < sums.length; i++) {
      X25519Field.mul(products[i], sums[i].z, products[i + 1]);
    }
    int[] inverse = X25519Field.create();
    X25519Field.invVar(products[sums.length], inverse);
    var points = new CurvePoint[sums.length];
    for (int i = sums.length - 1; i >= 0; i--) {
      X25519Field.mul(inverse, products[i], products[i]);
      points[i] = sums[i].affine(products[i]);
      X25519Field.mul(inverse, sums[i].z, inverse);
    }
    return points;
  }

  private CurvePoint affine(int[] inverseOfZ) {
    int[] affineX = X25519Field.create();
    int[] affineY = X25519Field.create();
    X25519Field.mul(x, inverseOfZ, affineX);
    X25519Field.mul(y, inverseOfZ, affineY);
    X25519Field.normalize(affineX);
    X25519Field.normalize(affineY);
    return new CurvePoint(affineX, affineY);
  }

  /** The 32 bytes of the sum, always canonical. */
  byte[] encode() {
    int[] inverse = X25519Field.create();
    X25519Field.invVar(z, inverse);
    return affine(inverse).encode();
  }
}

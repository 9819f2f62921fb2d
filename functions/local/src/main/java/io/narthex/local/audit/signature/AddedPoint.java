package io.narthex.local.audit.signature;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A point in the form in which it is added: {@code (y + x) / 2}, {@code (y - x) / 2}, {@code dxy}.
 */
final class AddedPoint {
  /** How many numbers a point has in a table. */
  static final int SIZE = 3 * X25519Field.SIZE;

  private static final int[] HALF =
      CurvePoint.element("f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f");

  private final int[] halfSum = X25519Field.create();
  private final int[] halfDifference = X25519Field.create();
  private final int[] dxy = X25519Field.create();

  /** Takes the place of what it was. */
  void set(CurvePoint point) {
    X25519Field.apm(point.y(), point.x(), halfSum, halfDifference);
    X25519Field.mul(halfSum, HALF, halfSum);
    X25519Field.mul(halfDifference, HALF, halfDifference);
    X25519Field.copy(point.dxy(), 0, dxy, 0);
  }

  /** Reads a point out of a table. */
  void read(int[] table, int at) {
    X25519Field.copy(table, at, halfSum, 0);
    X25519Field.copy(table, at + X25519Field.SIZE, halfDifference, 0);
    X25519Field.copy(table, at + 2 * X25519Field.SIZE, dxy, 0);
  }

  /** Writes the point into a table. */
  void write(int[] table, int at) {
    X25519Field.copy(halfSum, 0, table, at);
    X25519Field.copy(halfDifference, 0, table, at + X25519Field.SIZE);
    X25519Field.copy(dxy, 0, table, at + 2 * X25519Field.SIZE);
  }

  int[] halfSum() {
    return halfSum;
  }

  int[] halfDifference() {
    return halfDifference;
  }

  int[] dxy() {
    return dxy;
  }
}

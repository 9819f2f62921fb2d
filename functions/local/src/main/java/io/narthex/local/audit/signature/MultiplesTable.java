package io.narthex.local.audit.signature;

/**
 * The multiples of one point by every digit at every place, so that any multiple is a sum without
 * doublings. About half a megabyte, and some milliseconds to make.
 */
final class MultiplesTable {
  private static final int WINDOW = Scalar.GREATEST_DIGIT;

  private final int[] table = new int[Scalar.DIGITS * WINDOW * AddedPoint.SIZE];

  private MultiplesTable() {}

  static MultiplesTable of(CurvePoint point) {
    var made = new MultiplesTable();
    CurvePoint unit = point;
    for (int place = 0; place < Scalar.DIGITS; place++) {
      unit = made.fill(place, unit);
    }
    return made;
  }

  /** Adds a multiple of the point to a sum. */
  void addMultiple(Scalar factor, PointSum sum) {
    var point = new AddedPoint();
    int[] digits = factor.digits();
    for (int place = 0; place < digits.length; place++) {
      int digit = digits[place];
      if (digit > 0) {
        point.read(table, at(place, digit));
        sum.add(point);
      } else if (digit < 0) {
        point.read(table, at(place, -digit));
        sum.subtract(point);
      }
    }
  }

  private static int at(int place, int digit) {
    return (place * WINDOW + digit - 1) * AddedPoint.SIZE;
  }

  /** Fills one place from its unit; answers the unit of the next. */
  private CurvePoint fill(int place, CurvePoint unit) {
    var added = new AddedPoint();
    added.set(unit);
    var sums = new PointSum[WINDOW];
    var sum = new PointSum();
    for (int i = 0; i < WINDOW; i++) {
      sum.add(added);
      sums[i] = sum.copy();
    }
    CurvePoint[] points = PointSum.affine(sums);
    for (int i = 0; i < WINDOW; i++) {
      added.set(points[i]);
      added.write(table, at(place, i + 1));
    }
    sum.add(added);
    return PointSum.affine(sum)[0];
  }
}

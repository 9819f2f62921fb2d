package io.narthex.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a condition compares the values of a key with its operands. A negated comparison holds when
 * none of the operands matches.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
public enum Comparison {
  STRING_EQUALS("StringEquals", Family.TEXT, Ordering.EQUAL, false),
  STRING_NOT_EQUALS("StringNotEquals", Family.TEXT, Ordering.EQUAL, true),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Family.FOLDED, Ordering.EQUAL, false),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Family.FOLDED, Ordering.EQUAL, true),
  STRING_LIKE("StringLike", Family.PATTERN, Ordering.EQUAL, false),
  STRING_NOT_LIKE("StringNotLike", Family.PATTERN, Ordering.EQUAL, true),
  NUMERIC_EQUALS("NumericEquals", Family.NUMBER, Ordering.EQUAL, false),
  NUMERIC_NOT_EQUALS("NumericNotEquals", Family.NUMBER, Ordering.EQUAL, true),
  NUMERIC_LESS_THAN("NumericLessThan", Family.NUMBER, Ordering.LESS, false),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Family.NUMBER, Ordering.LESS_OR_EQUAL, false),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Family.NUMBER, Ordering.GREATER, false),
  NUMERIC_GREATER_THAN_EQUALS(
      "NumericGreaterThanEquals", Family.NUMBER, Ordering.GREATER_OR_EQUAL, false),
  DATE_EQUALS("DateEquals", Family.DATE, Ordering.EQUAL, false),
  DATE_NOT_EQUALS("DateNotEquals", Family.DATE, Ordering.EQUAL, true),
  DATE_LESS_THAN("DateLessThan", Family.DATE, Ordering.LESS, false),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Family.DATE, Ordering.LESS_OR_EQUAL, false),
  DATE_GREATER_THAN("DateGreaterThan", Family.DATE, Ordering.GREATER, false),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Family.DATE, Ordering.GREATER_OR_EQUAL, false),
  BOOL("Bool", Family.FLAG, Ordering.EQUAL, false),
  BINARY_EQUALS("BinaryEquals", Family.BYTES, Ordering.EQUAL, false),
  IP_ADDRESS("IpAddress", Family.ADDRESS, Ordering.EQUAL, false),
  NOT_IP_ADDRESS("NotIpAddress", Family.ADDRESS, Ordering.EQUAL, true),
  ARN_EQUALS("ArnEquals", Family.ARN, Ordering.EQUAL, false),
  ARN_LIKE("ArnLike", Family.ARN, Ordering.EQUAL, false),
  ARN_NOT_EQUALS("ArnNotEquals", Family.ARN, Ordering.EQUAL, true),
  ARN_NOT_LIKE("ArnNotLike", Family.ARN, Ordering.EQUAL, true);

  private final String text;
  private final Family family;
  private final Ordering ordering;
  private final boolean negated;

  Comparison(String text, Family family, Ordering ordering, boolean negated) {
    this.text = text;
    this.family = family;
    this.ordering = ordering;
    this.negated = negated;
  }

  /** What is compared. */
  private enum Family {
    TEXT,
    FOLDED,
    PATTERN,
    NUMBER,
    DATE,
    FLAG,
    BYTES,
    ADDRESS,
    ARN
  }

  /** The comparison spelled exactly so; empty for one that is not understood. */
  static Optional<Comparison> spelled(String text) {
    return Arrays.stream(values()).filter(c -> c.text.equals(text)).findFirst();
  }

  boolean isNegated() {
    return negated;
  }

  /** The operand as it is compared; empty where it cannot be. */
  Optional<Operand> operand(String operand, boolean variables) {
    return switch (family) {
      case TEXT -> Operand.Text.read(operand, false, variables);
      case FOLDED -> Operand.Folded.read(operand, variables);
      case PATTERN -> Operand.Text.read(operand, true, variables);
      case NUMBER -> Operand.Numeric.read(operand, ordering);
      case DATE -> Operand.Moment.read(operand, ordering);
      case FLAG -> Operand.Flag.read(operand);
      case BYTES -> Operand.Bytes.read(operand);
      case ADDRESS -> Operand.Addresses.read(operand);
      case ARN -> Operand.OfArns.read(operand, variables);
    };
  }

  /**
   * Whether a document may hold the operand. What is no ARN, and one with a variable before its
   * last segment, is taken by S3, and is indeterminate.
   */
  boolean accepts(String operand, boolean variables) {
    return operand(operand, variables).isPresent()
        || (family == Family.ARN
            && (!ArnTemplate.isArn(operand) || ArnTemplate.hasEarlyVariable(operand)));
  }

  /** Whether the family can compare such a value. */
  boolean compares(ContextValues values, int index) {
    return switch (family) {
      case TEXT, PATTERN, FOLDED -> true;
      case NUMBER -> values.typed(index).number().isPresent();
      case DATE -> values.typed(index).moment().isPresent();
      case FLAG -> values.typed(index).flag().isPresent();
      case BYTES -> values.typed(index).bytes().isPresent();
      case ADDRESS -> values.typed(index).address().isPresent();
      case ARN -> ArnTemplate.isArn(values.text(index));
    };
  }

  /**
   * What comes of a value that cannot be compared: nothing, also where the comparison of ARNs is
   * negated; of the other negated ones AWS does not say.
   */
  Truth ofOtherValues() {
    return negated && family != Family.ARN ? Truth.INDETERMINATE : Truth.FALSE;
  }

  /** As the document spells it, without {@code IfExists}. */
  @Override
  public String toString() {
    return text;
  }
}

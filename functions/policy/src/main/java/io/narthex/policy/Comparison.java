package io.narthex.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a condition compares the value of a key with its operands. A negated comparison holds when
 * none of the operands matches.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
public enum Comparison {
  STRING_EQUALS("StringEquals", false),
  STRING_NOT_EQUALS("StringNotEquals", true),
  STRING_LIKE("StringLike", false),
  STRING_NOT_LIKE("StringNotLike", true),
  BOOL("Bool", false),
  ARN_EQUALS("ArnEquals", false),
  ARN_LIKE("ArnLike", false),
  ARN_NOT_EQUALS("ArnNotEquals", true),
  ARN_NOT_LIKE("ArnNotLike", true);

  private final String text;
  private final boolean negated;

  Comparison(String text, boolean negated) {
    this.text = text;
    this.negated = negated;
  }

  /** The comparison spelled exactly so; empty for one that is not understood. */
  static Optional<Comparison> spelled(String text) {
    return Arrays.stream(values()).filter(c -> c.text.equals(text)).findFirst();
  }

  boolean isNegated() {
    return negated;
  }

  /** Whether a document may hold the operand. */
  boolean accepts(String operand) {
    return this != BOOL || isBool(operand);
  }

  /** Whether the comparison can be made with such an operand; if not, it is indeterminate. */
  boolean understands(String operand) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS, STRING_LIKE, STRING_NOT_LIKE, BOOL -> true;
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> Arn.parse(operand).isPresent();
    };
  }

  /** Whether the comparison can be made with such a value; if not, it fails, negated or not. */
  boolean applies(String value) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS, STRING_LIKE, STRING_NOT_LIKE -> true;
      case BOOL -> isBool(value);
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> Arn.parse(value).isPresent();
    };
  }

  /** Whether the value matches the operand, before negation. */
  Truth matches(String operand, String value, Inquiry inquiry) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> inquiry.equal(operand, value);
      case STRING_LIKE, STRING_NOT_LIKE -> inquiry.like(operand, value);
      case BOOL -> Truth.of(operand.equalsIgnoreCase(value));
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> arn(operand, value, inquiry);
    };
  }

  private static Truth arn(String operand, String value, Inquiry inquiry) {
    Optional<Arn> pattern = Arn.parse(operand);
    if (pattern.isEmpty() || inquiry.version().isVariable(operand)) {
      return Truth.INDETERMINATE;
    }
    return Truth.of(pattern.get().matches(Arn.parse(value).orElseThrow()));
  }

  private static boolean isBool(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  /** As the document spells it, without {@code IfExists}. */
  @Override
  public String toString() {
    return text;
  }
}

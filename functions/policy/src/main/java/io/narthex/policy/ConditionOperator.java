package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a condition does with its key and operands.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
public sealed interface ConditionOperator {
  /** The operator as the document spells it, e.g. {@code ForAnyValue:StringLikeIfExists}. */
  String text();

  /**
   * Compares the values of the key.
   *
   * @param ifExists whether it holds when the key is absent, negated or not
   */
  record Compare(Quantifier quantifier, Comparison comparison, boolean ifExists)
      implements ConditionOperator {
    public Compare {
      requireNonNull(quantifier, "quantifier is null");
      requireNonNull(comparison, "comparison is null");
    }

    @Override
    public String text() {
      return "" + quantifier + comparison + (ifExists ? IF_EXISTS : "");
    }
  }

  /** {@code Null}: whether the key is absent, an empty value counting as absent. */
  record Null() implements ConditionOperator {
    @Override
    public String text() {
      return "Null";
    }
  }

  /**
   * Kept, but not understood: the condition is indeterminate.
   *
   * @param text neither empty nor the spelling of another operator, nor {@code NullIfExists}, which
   *     AWS refuses
   */
  record NotUnderstood(String text) implements ConditionOperator {
    public NotUnderstood {
      if (!isPossible(text) || understood(text).isPresent()) {
        throw new IllegalArgumentException("not such an operator: " + text);
      }
    }
  }

  /** What an absent key makes true is marked by this ending of an operator. */
  String IF_EXISTS = "IfExists";

  /** The operator with this spelling, which is significant to the letter. */
  static ConditionOperator of(String text) {
    return understood(text).orElseGet(() -> new NotUnderstood(text));
  }

  /**
   * Whether a document may hold the operator: Null tests presence itself, so it takes no IfExists.
   */
  static boolean isPossible(String text) {
    return !text.isEmpty() && !text.equals("Null" + IF_EXISTS);
  }

  private static Optional<ConditionOperator> understood(String text) {
    if (text.equals("Null")) {
      return Optional.of(new Null());
    }
    Quantifier quantifier = Quantifier.of(text);
    boolean ifExists = text.endsWith(IF_EXISTS);
    String base =
        text.substring(
            quantifier.toString().length(), text.length() - (ifExists ? IF_EXISTS.length() : 0));
    return Comparison.spelled(base)
        .map(comparison -> new Compare(quantifier, comparison, ifExists));
  }
}

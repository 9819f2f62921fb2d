package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.ConditionOperator.Compare;
import io.narthex.policy.ConditionOperator.NotUnderstood;
import io.narthex.policy.ConditionOperator.Null;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a {@code Condition} block.
 *
 * @param operator what to do
 * @param key the condition key, e.g. {@code s3:ExistingObjectTag/nix-verdict}; case does not matter
 * @param operands at least one; the condition holds if the key matches any of them (none, if
 *     negated)
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">Evaluation
 *     logic for multiple keys or values</a>
 */
public record Condition(ConditionOperator operator, String key, List<String> operands) {
  public Condition {
    requireNonNull(operator, "operator is null");
    operands = List.copyOf(operands);
    if (!isKey(key)) {
      throw new IllegalArgumentException("not a condition key: " + key);
    }
    if (operands.isEmpty()
        || !operands.stream().allMatch(o -> accepts(operator, o, PolicyVersion.V2008_10_17))) {
      throw new IllegalArgumentException("not for " + operator.text() + ": " + operands);
    }
  }

  static boolean isKey(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && colon < text.length() - 1
        && text.indexOf('\n') < 0
        && text.indexOf('\r') < 0
        && Characters.areIn(
            text, 0, colon, c -> Characters.isLetterOrDigit(c) || c == '.' || c == '-');
  }

  /** Whether a document of this version may hold the operand. */
  static boolean accepts(ConditionOperator operator, String operand, PolicyVersion version) {
    return switch (operator) {
      case Compare(Quantifier _, Comparison comparison, boolean _) ->
          comparison.accepts(operand, version.hasVariables());
      case Null _ -> Typed.flag(operand).isPresent();
      case NotUnderstood _ -> true;
    };
  }

  /** What of it is not understood: an operator, or an operand. */
  Stream<String> notUnderstood(PolicyVersion version) {
    return switch (operator) {
      case Compare(Quantifier _, Comparison comparison, boolean _) ->
          operands.stream()
              .filter(operand -> comparison.operand(operand, version.hasVariables()).isEmpty());
      case Null _ -> Stream.empty();
      case NotUnderstood(String text) -> Stream.of(text);
    };
  }
}

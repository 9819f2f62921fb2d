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
    if (operands.isEmpty() || !operands.stream().allMatch(o -> accepts(operator, o))) {
      throw new IllegalArgumentException("not for " + operator.text() + ": " + operands);
    }
  }

  static boolean isKey(String text) {
    return text.matches("[A-Za-z0-9.-]+:.+");
  }

  static boolean accepts(ConditionOperator operator, String operand) {
    return switch (operator) {
      case Compare(Comparison comparison, boolean _) -> comparison.accepts(operand);
      case Null _ -> Comparison.BOOL.accepts(operand);
      case NotUnderstood _ -> true;
    };
  }

  Truth holds(Inquiry inquiry) {
    return switch (operator) {
      case Compare compare -> compare(compare, inquiry);
      case Null _ -> isNull(inquiry);
      case NotUnderstood _ -> Truth.INDETERMINATE;
    };
  }

  private Truth compare(Compare compare, Inquiry inquiry) {
    boolean negated = compare.comparison().isNegated();
    return switch (inquiry.value(key)) {
      case ContextValue.Unknown _ -> Truth.INDETERMINATE;
      case ContextValue.Absent _ -> Truth.of(negated || compare.ifExists());
      case ContextValue.Known(List<String> values) when values.size() > 1 ->
          // Several values need a set operator; what AWS makes of a negated comparison is not said.
          negated ? Truth.INDETERMINATE : Truth.FALSE;
      case ContextValue.Known(List<String> values) ->
          compare(compare.comparison(), values.getFirst(), inquiry);
    };
  }

  private Truth compare(Comparison comparison, String value, Inquiry inquiry) {
    if (!comparison.applies(value)) {
      return Truth.FALSE;
    }
    Truth any = Truth.any(operands, operand -> comparison.matches(operand, value, inquiry));
    return comparison.isNegated() ? any.not() : any;
  }

  private Truth isNull(Inquiry inquiry) {
    Truth absent =
        switch (inquiry.value(key)) {
          case ContextValue.Unknown _ -> Truth.INDETERMINATE;
          case ContextValue.Absent _ -> Truth.TRUE;
          case ContextValue.Known(List<String> values) ->
              Truth.of(values.stream().allMatch(String::isEmpty));
        };
    return Truth.any(operands, o -> o.equalsIgnoreCase("true") ? absent : absent.not());
  }

  Stream<String> notUnderstood(PolicyVersion version) {
    return operator instanceof NotUnderstood
        ? Stream.of(operator.text())
        : operands.stream().filter(o -> isNotUnderstood(o, version));
  }

  private boolean isNotUnderstood(String operand, PolicyVersion version) {
    return version.isVariable(operand)
        || (operator instanceof Compare compare && !compare.comparison().understands(operand));
  }
}

package io.narthex.policy;

import io.narthex.policy.ConditionOperator.Compare;
import io.narthex.policy.ConditionOperator.NotUnderstood;
import io.narthex.policy.ConditionOperator.Null;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition, ready to be put to requests. */
final class ConditionMatcher {
  private final Condition condition;
  private final String key;

  /** The operator, if it compares; else null. */
  private final @Nullable Compare compare;

  /** Those that are understood. */
  private final Operand[] operands;

  private final boolean areAllUnderstood;
  private final boolean isKeyKnown;

  ConditionMatcher(Condition condition, boolean variables) {
    this.condition = condition;
    this.key = RequestContext.canonical(condition.key());
    this.compare = condition.operator() instanceof Compare compares ? compares : null;
    this.operands =
        condition.operator() instanceof Compare compare
            ? condition.operands().stream()
                .map(operand -> compare.comparison().operand(operand, variables))
                .flatMap(Optional::stream)
                .toArray(Operand[]::new)
            : new Operand[0];
    this.isKeyKnown = ConditionKeys.isKnown(key);
    this.areAllUnderstood = operands.length == condition.operands().size();
  }

  Condition condition() {
    return condition;
  }

  /** The keys that it looks at, those of variables too. */
  Stream<String> keys() {
    return Stream.concat(Stream.of(key), Arrays.stream(operands).flatMap(Operand::keys));
  }

  Truth holds(RequestContext context) {
    if (!isKeyKnown) {
      return Truth.INDETERMINATE;
    }
    ContextValues values = context.values(key);
    if (compare != null) {
      return compared(compare, values, context);
    }
    return switch (condition.operator()) {
      case Compare compare -> compared(compare, values, context);
      case Null _ -> isNull(values);
      case NotUnderstood _ -> Truth.INDETERMINATE;
    };
  }

  private Truth compared(Compare compare, ContextValues values, RequestContext context) {
    return switch (values.presence()) {
      case UNKNOWN -> Truth.INDETERMINATE;
      case ABSENT -> ofAbsent(compare);
      case KNOWN -> ofKnown(compare, values, context);
    };
  }

  private static Truth ofAbsent(Compare compare) {
    return switch (compare.quantifier()) {
      case ONE -> Truth.of(compare.comparison().isNegated() || compare.ifExists());
      case FOR_ALL_VALUES -> Truth.TRUE;
      case FOR_ANY_VALUE -> Truth.FALSE;
    };
  }

  private Truth ofKnown(Compare compare, ContextValues values, RequestContext context) {
    Comparison comparison = compare.comparison();
    return switch (compare.quantifier()) {
      case ONE -> one(comparison, values, context);
      case FOR_ALL_VALUES -> all(comparison, values, context);
      case FOR_ANY_VALUE -> any(comparison, values, context);
    };
  }

  // Several values need a quantifier; what AWS makes of a negated comparison is not said.
  private Truth one(Comparison comparison, ContextValues values, RequestContext context) {
    if (values.count() > 1) {
      return comparison.isNegated() ? Truth.INDETERMINATE : Truth.FALSE;
    }
    return satisfies(comparison, values, 0, context);
  }

  // An empty value is no value.
  private Truth all(Comparison comparison, ContextValues values, RequestContext context) {
    Truth all = Truth.TRUE;
    for (int i = 0; i < values.count(); i++) {
      if (!values.text(i).isEmpty()) {
        all = all.and(satisfies(comparison, values, i, context));
      }
    }
    return all;
  }

  // Of nothing but empty values none is one; what an empty one among others counts is not said.
  private Truth any(Comparison comparison, ContextValues values, RequestContext context) {
    if (areAllEmpty(values)) {
      return Truth.FALSE;
    }
    Truth any = Truth.FALSE;
    for (int i = 0; i < values.count(); i++) {
      Truth one = satisfies(comparison, values, i, context);
      any = any.or(values.text(i).isEmpty() ? one.and(Truth.INDETERMINATE) : one);
    }
    return any;
  }

  private Truth satisfies(
      Comparison comparison, ContextValues values, int index, RequestContext context) {
    if (!comparison.compares(values, index)) {
      return comparison.ofOtherValues();
    }
    Truth any = areAllUnderstood ? Truth.FALSE : Truth.INDETERMINATE;
    for (Operand operand : operands) {
      any = any.or(operand.matches(values, index, context));
    }
    return comparison.isNegated() ? any.not() : any;
  }

  private Truth isNull(ContextValues values) {
    Truth absent =
        switch (values.presence()) {
          case UNKNOWN -> Truth.INDETERMINATE;
          case ABSENT -> Truth.TRUE;
          case KNOWN -> Truth.of(areAllEmpty(values));
        };
    Truth any = Truth.FALSE;
    for (String operand : condition.operands()) {
      any = any.or(operand.equalsIgnoreCase("true") ? absent : absent.not());
    }
    return any;
  }

  private static boolean areAllEmpty(ContextValues values) {
    boolean empty = true;
    for (int i = 0; i < values.count(); i++) {
      empty &= values.text(i).isEmpty();
    }
    return empty;
  }
}

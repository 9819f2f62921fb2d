package io.narthex.policy;

import io.narthex.policy.ConditionOperator.Compare;
import io.narthex.policy.ConditionOperator.NotUnderstood;
import io.narthex.policy.ConditionOperator.Null;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words which part of a statement keeps it from applying. */
final class Mismatch {
  private static final int SHOWN = 4;

  private final Statement statement;
  private final Inquiry asked;

  private Mismatch(Statement statement, Inquiry asked) {
    this.statement = statement;
    this.asked = asked;
  }

  /**
   * The first part of the statement of which this is the truth, in the order in which people read
   * it.
   *
   * @param wanted the truth of the whole statement, which is not that it applies
   */
  static String first(StatementMatcher matcher, Inquiry asked, Truth wanted) {
    var mismatch = new Mismatch(matcher.statement(), asked);
    if (matcher.principals(asked).truth() == wanted) {
      return mismatch.principal(wanted);
    }
    if (matcher.actions(asked) == wanted) {
      return mismatch.action();
    }
    if (matcher.resources(asked) == wanted) {
      return mismatch.resource(wanted);
    }
    for (ConditionMatcher condition : matcher.conditions()) {
      if (condition.holds(asked.context()) == wanted) {
        return mismatch.condition(condition, wanted);
      }
    }
    throw new IllegalStateException("every part is otherwise");
  }

  private String principal(Truth wanted) {
    List<String> texts =
        statement.principals().patterns().stream().map(PrincipalPattern::text).toList();
    if (statement.principals() instanceof PrincipalElement.AllExcept) {
      return "NotPrincipal: " + caller() + " is exempt by " + list(texts);
    }
    return "Principal: "
        + caller()
        + (wanted == Truth.FALSE ? " is not " : " may or may not be ")
        + list(texts);
  }

  private String caller() {
    return switch (asked.caller()) {
      case Anonymous _ -> "the anonymous caller";
      case AccountRoot root -> root.arn();
      case IamUser user -> user.arn();
      case AssumedRole role -> role.sessionArn().orElse(role.roleArn());
      case FederatedUser user -> user.arn();
    };
  }

  private String action() {
    List<String> texts = statement.actions().patterns().stream().map(ActionPattern::text).toList();
    return statement.actions().negated()
        ? "NotAction: " + asked.action() + " matches " + list(texts)
        : "Action: " + asked.action() + " does not match " + list(texts);
  }

  private String resource(Truth wanted) {
    List<String> texts =
        statement.resources().patterns().stream().map(ResourcePattern::text).toList();
    String name = statement.resources().negated() ? "NotResource: " : "Resource: ";
    if (wanted == Truth.INDETERMINATE) {
      return name + "a variable has no known value in " + list(texts);
    }
    return name
        + asked.resource()
        + (statement.resources().negated() ? " matches " : " does not match ")
        + list(texts);
  }

  private String condition(ConditionMatcher matcher, Truth wanted) {
    Condition condition = matcher.condition();
    String found = found(condition, wanted);
    return "Condition "
        + condition.operator().text()
        + " "
        + condition.key()
        + ": "
        + found
        + ", wanted "
        + wanted(condition);
  }

  private String found(Condition condition, Truth wanted) {
    if (!ConditionKeys.isKnown(condition.key())) {
      return "AWS knows no such key";
    }
    if (condition.operator() instanceof NotUnderstood) {
      return "the operator is not understood";
    }
    ContextValue value = asked.context().value(condition.key());
    return switch (value) {
      case ContextValue.Absent _ -> "absent";
      case ContextValue.Unknown _ -> "nobody knows its value";
      case ContextValue.Known(List<String> values) ->
          list(values)
              + (wanted == Truth.INDETERMINATE ? ", which cannot be compared with certainty" : "");
    };
  }

  private static String wanted(Condition condition) {
    return switch (condition.operator()) {
      case Compare(Quantifier _, Comparison comparison, boolean _) ->
          (comparison.isNegated() ? "none of " : "") + list(condition.operands());
      case Null _ -> condition.operands().contains("true") ? "absent" : "present";
      case NotUnderstood _ -> list(condition.operands());
    };
  }

  private static String list(List<String> texts) {
    String shown =
        texts.stream()
            .limit(SHOWN)
            .map(text -> text.isEmpty() ? "\"\"" : text)
            .collect(Collectors.joining(", "));
    return texts.size() > SHOWN ? shown + " or " + (texts.size() - SHOWN) + " more" : shown;
  }
}

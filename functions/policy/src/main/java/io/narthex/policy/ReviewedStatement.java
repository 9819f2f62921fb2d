package io.narthex.policy;

import io.narthex.policy.TemplateReader.Reading;
import java.util.List;

/** A statement under review, and the actions that it is about. */
final class ReviewedStatement {
  private static final Reading ACTION = new Reading(true, false, true);
  private static final RequestContext NOTHING = RequestContext.builder().build();

  private final PolicyDocument policy;
  private final int index;
  private final List<S3Action> actions;

  ReviewedStatement(PolicyDocument policy, int index) {
    this.policy = policy;
    this.index = index;
    this.actions = S3Action.all().stream().filter(this::isAbout).toList();
  }

  private boolean isAbout(S3Action action) {
    ActionElement element = statement().actions();
    return element.patterns().stream().anyMatch(pattern -> matches(pattern, action))
        != element.negated();
  }

  static boolean matches(ActionPattern pattern, S3Action action) {
    return TemplateReader.read(pattern.text(), ACTION)
            .orElseThrow()
            .matches(action.name(), NOTHING, Truth.FALSE)
        == Truth.TRUE;
  }

  PolicyDocument policy() {
    return policy;
  }

  Statement statement() {
    return policy.statements().get(index);
  }

  /** The condition keys that it looks at, in their canonical spelling. */
  List<String> keys() {
    return policy.matchers().get(index).keys().distinct().toList();
  }

  /** The actions of S3 that it is about. */
  List<S3Action> actions() {
    return actions;
  }

  boolean isAbout(String action) {
    return actions.stream().anyMatch(one -> one.name().equals(action));
  }

  String where(String element) {
    return "Statement[" + index + "]." + element;
  }

  /** The path of one of several items, as it is written in documents. */
  String where(String element, int item, int items) {
    return where(element) + (items == 1 ? "" : "[" + item + "]");
  }

  String where(Condition condition) {
    return where("Condition." + condition.operator().text() + "." + condition.key());
  }
}

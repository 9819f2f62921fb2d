package io.narthex.policy;

import io.narthex.policy.TemplateReader.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A statement, ready to be put to requests. */
final class StatementMatcher {
  private static final String EVERYTHING = "*";
  private static final Reading ACTION = new Reading(true, false, true);

  private final Statement statement;
  private final PrincipalMatcher principals;
  private final Template[] actions;

  /** Those that are not everything. */
  private final ArnTemplate[] resources;

  private final boolean anyResource;
  private final ConditionMatcher[] conditions;

  /**
   * A matcher of a statement.
   *
   * @throws IllegalArgumentException if a text of it has a malformed variable
   */
  StatementMatcher(Statement statement, boolean variables) {
    this.statement = statement;
    this.principals = new PrincipalMatcher(statement.principals());
    this.actions =
        statement.actions().patterns().stream()
            .map(pattern -> TemplateReader.read(pattern.text(), ACTION).orElseThrow())
            .toArray(Template[]::new);
    this.anyResource =
        statement.resources().patterns().stream().anyMatch(p -> p.text().equals(EVERYTHING));
    this.resources =
        statement.resources().patterns().stream()
            .map(ResourcePattern::text)
            .filter(text -> !text.equals(EVERYTHING))
            .map(text -> resource(text, variables))
            .toArray(ArnTemplate[]::new);
    this.conditions =
        statement.conditions().stream()
            .map(condition -> new ConditionMatcher(condition, variables))
            .toArray(ConditionMatcher[]::new);
  }

  private static ArnTemplate resource(String text, boolean variables) {
    Optional<ArnTemplate> template = ArnTemplate.read(text, variables);
    return template.orElseThrow(() -> new IllegalArgumentException("not a resource: " + text));
  }

  Statement statement() {
    return statement;
  }

  /** The condition keys that it looks at, also as variables, in their canonical spelling. */
  Stream<String> keys() {
    return Stream.concat(
        Arrays.stream(conditions).flatMap(ConditionMatcher::keys),
        Arrays.stream(resources).flatMap(ArnTemplate::keys));
  }

  /** How strongly the principals match. */
  PrincipalMatch principals(Inquiry inquiry) {
    return principals.match(inquiry);
  }

  /** Whether the statement applies. */
  Truth applies(Inquiry inquiry) {
    Truth applies = actions(inquiry);
    if (applies != Truth.FALSE) {
      applies = applies.and(resources(inquiry));
    }
    if (applies != Truth.FALSE) {
      applies = applies.and(principals(inquiry).truth());
    }
    for (int i = 0; i < conditions.length && applies != Truth.FALSE; i++) {
      applies = applies.and(conditions[i].holds(inquiry.context()));
    }
    return applies;
  }

  /** Whether the action is one of its. */
  Truth actions(Inquiry inquiry) {
    Truth listed = Truth.FALSE;
    for (Template action : actions) {
      listed = listed.or(action.matches(inquiry.foldedAction(), inquiry.context(), Truth.FALSE));
    }
    return statement.actions().negated() ? listed.not() : listed;
  }

  /** Its conditions, in the order in which they are looked at. */
  List<ConditionMatcher> conditions() {
    return List.of(conditions);
  }

  /**
   * Whether the resource is one of its. An entry whose variable has no value matches nothing. That
   * {@code NotResource} leaves nothing out by it is nowhere said.
   */
  Truth resources(Inquiry inquiry) {
    boolean negated = statement.resources().negated();
    Truth ofNoValue = negated ? Truth.INDETERMINATE : Truth.FALSE;
    Truth listed = Truth.of(anyResource);
    for (ArnTemplate resource : resources) {
      listed = listed.or(resource.matches(inquiry.resource(), inquiry.context(), ofNoValue));
    }
    return negated ? listed.not() : listed;
  }
}

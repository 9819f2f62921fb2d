package io.narthex.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one statement. */
final class StatementReader {
  private static final Set<String> ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private final PolicyKind kind;
  private final PolicyVersion version;

  StatementReader(PolicyKind kind, PolicyVersion version) {
    this.kind = kind;
    this.version = version;
  }

  Statement read(JsonElement statement) throws MalformedPolicyException {
    statement.requireOnly(ELEMENTS);
    Optional<JsonElement> sid = statement.member("Sid");
    Optional<JsonElement> condition = statement.member("Condition");
    Effect effect = effect(statement.required("Effect"));
    return new Statement(
        sid.isPresent() ? Optional.of(sid.get().text()) : Optional.empty(),
        effect,
        PrincipalReader.read(kind, effect, statement),
        actions(statement),
        resources(statement),
        condition.isPresent() ? new ConditionReader(version).read(condition.get()) : List.of());
  }

  private static Effect effect(JsonElement element) throws MalformedPolicyException {
    String text = element.scalar();
    return Effect.spelled(text).orElseThrow(() -> element.malformed("Invalid effect: " + text));
  }

  private ActionElement actions(JsonElement statement) throws MalformedPolicyException {
    JsonElement element = oneOf(statement, "Action", "NotAction");
    List<ActionPattern> patterns = new ArrayList<>();
    for (JsonElement item : element.items()) {
      String text = item.text();
      if (!ActionPattern.isValid(text) || !kind.accepts(new ActionPattern(text))) {
        throw item.malformed("Policy has invalid action");
      }
      patterns.add(new ActionPattern(text));
    }
    if (patterns.isEmpty()) {
      throw element.malformed("Policy has invalid action");
    }
    return new ActionElement(statement.member("NotAction").isPresent(), patterns);
  }

  private ResourceElement resources(JsonElement statement) throws MalformedPolicyException {
    JsonElement element = oneOf(statement, "Resource", "NotResource");
    List<ResourcePattern> patterns = new ArrayList<>();
    for (JsonElement item : element.items()) {
      String text = item.text();
      if (!ResourcePattern.isValid(text)
          || !kind.accepts(new ResourcePattern(text))
          || !new ResourcePattern(text).isReadable(version)) {
        throw item.malformed("Policy has invalid resource");
      }
      patterns.add(new ResourcePattern(text));
    }
    if (patterns.isEmpty()) {
      throw element.malformed("Policy has invalid resource");
    }
    return new ResourceElement(statement.member("NotResource").isPresent(), patterns);
  }

  /** The one of two elements that the statement has; both at once are refused. */
  static JsonElement oneOf(JsonElement statement, String name, String negatedName)
      throws MalformedPolicyException {
    Optional<JsonElement> negated = statement.member(negatedName);
    if (negated.isEmpty()) {
      return statement.required(name);
    }
    if (statement.member(name).isPresent()) {
      throw negated.get().malformed("Invalid policy syntax");
    }
    return negated.get();
  }
}

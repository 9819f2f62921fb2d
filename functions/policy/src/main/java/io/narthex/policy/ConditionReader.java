package io.narthex.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a {@code Condition} block. */
final class ConditionReader {
  private final PolicyVersion version;

  ConditionReader(PolicyVersion version) {
    this.version = version;
  }

  List<Condition> read(JsonElement block) throws MalformedPolicyException {
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonElement> line : block.children().entrySet()) {
      conditions.addAll(read(line.getKey(), line.getValue()));
    }
    return conditions;
  }

  private List<Condition> read(String name, JsonElement line) throws MalformedPolicyException {
    if (!ConditionOperator.isPossible(name)) {
      throw line.malformed("Invalid policy syntax");
    }
    ConditionOperator operator = ConditionOperator.of(name);
    List<Condition> conditions = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Map.Entry<String, JsonElement> entry : line.children().entrySet()) {
      String key = entry.getKey();
      if (!Condition.isKey(key) || !keys.add(RequestContext.canonical(key))) {
        throw entry.getValue().malformed("Policy has an invalid condition key");
      }
      conditions.add(new Condition(operator, key, operands(operator, entry.getValue())));
    }
    if (conditions.isEmpty()) {
      throw line.malformed("Invalid policy syntax");
    }
    return conditions;
  }

  private List<String> operands(ConditionOperator operator, JsonElement element)
      throws MalformedPolicyException {
    List<String> operands = new ArrayList<>();
    for (JsonElement item : element.items()) {
      String operand = item.scalar();
      if (!Condition.accepts(operator, operand, version)) {
        throw item.malformed("Invalid policy syntax");
      }
      operands.add(operand);
    }
    if (operands.isEmpty()) {
      throw element.malformed("Invalid policy syntax");
    }
    return operands;
  }
}

package io.narthex.bench;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The sample policies in Cedar's language, translated statement by statement: Allow is {@code
 * permit}, Deny is {@code forbid}, a wildcard is {@code like}, a principal of an account is {@code
 * in} it, a condition key is an attribute of the context.
 *
 * <p>The same: which statements there are and which of them apply to the sample request; that an
 * absent key makes a condition false, and a negated one true. Not the same: a {@code *} of Cedar
 * spans the segments of an ARN; a list of actions is a set of entities, and {@code s3:Get*} a group
 * of them that the action is in; a variable must stand alone, for an attribute cannot be part of a
 * pattern; Cedar has no value that is unknown and no account that access is delegated to.
 */
final class CedarPolicies {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "aws:PrincipalArn", "principal.arn",
          "aws:PrincipalTag/team", "principal.team");

  private CedarPolicies() {}

  /** The policies of a bucket policy that {@link SamplePolicies} made. */
  static String of(String bucketPolicy) throws IOException {
    return items(new ObjectMapper().readTree(bucketPolicy).get("Statement"))
        .map(CedarPolicies::policy)
        .collect(joining("\n"));
  }

  private static String policy(JsonNode statement) {
    String effect = statement.get("Effect").asText().equals("Allow") ? "permit" : "forbid";
    var tests = new ArrayList<String>();
    tests.add(any(items(statement.get("Resource")).map(arn -> "resource.arn like " + arn)));
    statement
        .path("Condition")
        .properties()
        .forEach(
            operator ->
                operator
                    .getValue()
                    .properties()
                    .forEach(
                        line ->
                            tests.add(
                                condition(operator.getKey(), line.getKey(), line.getValue()))));
    return "%s(%s, action in [%s], resource) when { %s };"
        .formatted(
            effect,
            principal(statement.get("Principal")),
            items(statement.get("Action"))
                .map(action -> "Action::" + action)
                .collect(joining(", ")),
            String.join(" && ", tests));
  }

  private static String principal(JsonNode principal) {
    return principal.isTextual() ? "principal" : "principal in Account::" + principal.get("AWS");
  }

  private static String condition(String operator, String key, JsonNode operands) {
    String attribute = ATTRIBUTES.getOrDefault(key, attribute(key));
    String present = attribute.startsWith("context") ? "context has " + name(key) + " && " : "";
    boolean negated = operator.contains("Not");
    String any =
        operator.equals("Null")
            ? "context has " + name(key)
            : "(" + present + any(items(operands).map(o -> compared(operator, attribute, o))) + ")";
    return negated || (operator.equals("Null") && operands.asBoolean()) ? "!" + any : any;
  }

  private static String compared(String operator, String attribute, JsonNode operand) {
    if (operator.equals("IpAddress")) {
      return attribute + ".isInRange(ip(" + operand + "))";
    }
    String text = operand.asText();
    if (text.startsWith("${")) {
      return attribute + " == " + ATTRIBUTES.get(text.substring(2, text.length() - 1));
    }
    return attribute
        + (operator.startsWith("StringLike") || operator.startsWith("Arn") ? " like " : " == ")
        + operand;
  }

  private static String attribute(String key) {
    return "context[" + name(key) + "]";
  }

  /** Of the attribute that a condition key is in Cedar, in quotes. */
  static String name(String key) {
    return '"' + key.toLowerCase(Locale.ROOT) + '"';
  }

  private static String any(Stream<String> tests) {
    List<String> all = tests.toList();
    return all.size() == 1 ? all.getFirst() : "(" + String.join(" || ", all) + ")";
  }

  private static Stream<JsonNode> items(JsonNode oneOrMore) {
    return oneOrMore.isArray()
        ? StreamSupport.stream(oneOrMore.spliterator(), false)
        : Stream.of(oneOrMore);
  }
}

package io.narthex.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the {@code Principal} or {@code NotPrincipal} of a statement. */
final class PrincipalReader {
  private static final String INVALID = "Invalid principal in policy";

  private PrincipalReader() {}

  static PrincipalElement read(PolicyKind kind, Effect effect, JsonElement statement)
      throws MalformedPolicyException {
    boolean negated = statement.member("NotPrincipal").isPresent();
    if (kind == PolicyKind.IDENTITY) {
      if (negated || statement.member("Principal").isPresent()) {
        throw statement.malformed("Policy document should not specify a principal.");
      }
      return new PrincipalElement.Holder();
    }
    JsonElement element = StatementReader.oneOf(statement, "Principal", "NotPrincipal");
    List<PrincipalPattern> patterns = patterns(element);
    if (negated && effect == Effect.ALLOW) {
      throw element.malformed("Allow with NotPrincipal is not allowed.");
    }
    return negated
        ? new PrincipalElement.AllExcept(patterns)
        : new PrincipalElement.Named(patterns);
  }

  private static List<PrincipalPattern> patterns(JsonElement element)
      throws MalformedPolicyException {
    if (element.value() instanceof Json.Text(String text) && text.equals("*")) {
      return List.of(new PrincipalPattern.Everyone());
    }
    if (!(element.value() instanceof Json.Members)) {
      throw element.malformed(INVALID);
    }
    List<PrincipalPattern> patterns = new ArrayList<>();
    for (Map.Entry<String, JsonElement> type : element.children().entrySet()) {
      for (JsonElement item : type.getValue().items()) {
        patterns.add(pattern(type.getKey(), item));
      }
    }
    if (patterns.isEmpty()
        || (patterns.size() > 1 && patterns.contains(new PrincipalPattern.Everyone()))) {
      throw element.malformed(INVALID);
    }
    return patterns;
  }

  private static PrincipalPattern pattern(String type, JsonElement item)
      throws MalformedPolicyException {
    return PrincipalPattern.parse(type, item.text()).orElseThrow(() -> item.malformed(INVALID));
  }
}

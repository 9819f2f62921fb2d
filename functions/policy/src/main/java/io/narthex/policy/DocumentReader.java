package io.narthex.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the top of a document. */
final class DocumentReader {
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");

  private final PolicyKind kind;

  DocumentReader(PolicyKind kind) {
    this.kind = kind;
  }

  PolicyDocument read(String json, int maxBytes) throws MalformedPolicyException {
    // The length in characters comes first: it bounds what the second test has to encode.
    if (json.length() > maxBytes || json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw new MalformedPolicyException("Policy exceeds the maximum allowed document size", "");
    }
    JsonElement document = new JsonElement(JsonReader.read(json), "");
    document.requireOnly(ELEMENTS);
    PolicyVersion version = version(document.member("Version"));
    Optional<JsonElement> id = document.member("Id");
    return new PolicyDocument(
        version,
        id.isPresent() ? Optional.of(id.get().text()) : Optional.empty(),
        statements(document.required("Statement"), version));
  }

  private static PolicyVersion version(Optional<JsonElement> version)
      throws MalformedPolicyException {
    if (version.isEmpty()) {
      return PolicyVersion.V2008_10_17;
    }
    return PolicyVersion.dated(version.get().scalar())
        .orElseThrow(
            () -> version.get().malformed("The policy must contain a valid version string"));
  }

  private List<Statement> statements(JsonElement element, PolicyVersion version)
      throws MalformedPolicyException {
    List<Statement> statements = new ArrayList<>();
    for (JsonElement statement : element.items()) {
      statements.add(new StatementReader(kind, version).read(statement));
    }
    if (statements.isEmpty()) {
      throw element.malformed("Could not parse the policy: Statement is empty!");
    }
    return statements;
  }
}

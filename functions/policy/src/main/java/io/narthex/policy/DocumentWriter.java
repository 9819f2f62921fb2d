package io.narthex.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.PrincipalPattern.Everyone;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes a document as JSON; a list of one is written as its item. */
final class DocumentWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private DocumentWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(PolicyDocument document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new DocumentWriter(json).document(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void document(PolicyDocument document) throws IOException {
    json.writeStartObject();
    json.writeStringField("Version", document.version().toString());
    text("Id", document.id());
    json.writeArrayFieldStart("Statement");
    for (Statement statement : document.statements()) {
      statement(statement);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void statement(Statement statement) throws IOException {
    ActionElement actions = statement.actions();
    ResourceElement resources = statement.resources();
    json.writeStartObject();
    text("Sid", statement.sid());
    json.writeStringField("Effect", statement.effect().toString());
    principals(statement.principals());
    texts(
        actions.negated() ? "NotAction" : "Action",
        actions.patterns().stream().map(ActionPattern::text).toList());
    texts(
        resources.negated() ? "NotResource" : "Resource",
        resources.patterns().stream().map(ResourcePattern::text).toList());
    conditions(statement.conditions());
    json.writeEndObject();
  }

  private void principals(PrincipalElement element) throws IOException {
    switch (element) {
      case PrincipalElement.Named named -> principals("Principal", named.patterns());
      case PrincipalElement.AllExcept except -> principals("NotPrincipal", except.patterns());
      case PrincipalElement.Holder _ -> {}
    }
  }

  private void principals(String name, List<PrincipalPattern> patterns) throws IOException {
    if (patterns.contains(new Everyone())) {
      json.writeStringField(name, "*");
      return;
    }
    json.writeObjectFieldStart(name);
    for (String type : patterns.stream().map(PrincipalPattern::type).distinct().toList()) {
      texts(
          type,
          patterns.stream()
              .filter(p -> p.type().equals(type))
              .map(PrincipalPattern::text)
              .toList());
    }
    json.writeEndObject();
  }

  private void conditions(List<Condition> conditions) throws IOException {
    if (conditions.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("Condition");
    for (ConditionOperator operator :
        conditions.stream().map(Condition::operator).distinct().toList()) {
      json.writeObjectFieldStart(operator.text());
      for (Condition condition : conditions) {
        if (condition.operator().equals(operator)) {
          texts(condition.key(), condition.operands());
        }
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void text(String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  private void texts(String name, List<String> texts) throws IOException {
    if (texts.size() == 1) {
      json.writeStringField(name, texts.getFirst());
      return;
    }
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}

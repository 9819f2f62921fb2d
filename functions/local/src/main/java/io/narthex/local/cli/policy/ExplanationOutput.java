package io.narthex.local.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.Explanation;
import java.io.IOException;
import java.util.Optional;

/** Prints an explanation. */
final class ExplanationOutput {
  private ExplanationOutput() {}

  static void text(Explanation explanation) {
    System.out.println(Output.word(explanation.decision()) + ": " + explanation.basis());
    explanation.deciding().ifPresent(place -> System.out.println("decided by " + place));
    for (Explanation.Line line : explanation.statements()) {
      System.out.println("  " + line.place() + " (" + line.effect() + "): " + line.outcome());
    }
  }

  static void json(Explanation explanation) throws IOException {
    try (JsonGenerator out = Output.json()) {
      out.writeStartObject();
      out.writeStringField("decision", Output.word(explanation.decision()));
      out.writeStringField("reason", explanation.basis().toString());
      out.writeFieldName("statement");
      if (explanation.deciding().isPresent()) {
        out.writeStartObject();
        place(out, explanation.deciding().get());
        out.writeEndObject();
      } else {
        out.writeNull();
      }
      out.writeArrayFieldStart("statements");
      for (Explanation.Line line : explanation.statements()) {
        out.writeStartObject();
        place(out, line.place());
        out.writeStringField("effect", line.effect().toString());
        out.writeStringField("outcome", line.outcome());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    System.out.println();
  }

  private static void place(JsonGenerator out, Explanation.Place place) throws IOException {
    Optional<String> policy = place.policy();
    Output.member(out, "identityPolicy", policy);
    out.writeNumberField("index", place.index());
    Output.member(out, "sid", place.sid());
  }
}

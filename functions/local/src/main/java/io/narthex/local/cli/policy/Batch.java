package io.narthex.local.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides many requests, one a line, in their order. */
final class Batch {
  private static final int BUFFER = 1 << 16;

  private final PolicyCache bucketPolicies = new PolicyCache(PolicyDocument::parse);
  private final PolicyCache identityPolicies = new PolicyCache(PolicyDocument::parseIdentityPolicy);

  /** Whether all lines could be decided. The streams stay open. */
  boolean decide(InputStream in, OutputStream out) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, UTF_8), BUFFER);
    boolean areAllDecided = true;
    try (JsonGenerator json =
        Output.JSON
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setRootValueSeparator(null)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        areAllDecided &= decide(line, json);
        json.writeRaw('\n');
        // Whoever waits for an answer before the next question gets it.
        if (!lines.ready()) {
          json.flush();
          out.flush();
        }
      }
    }
    return areAllDecided;
  }

  private boolean decide(String line, JsonGenerator json) throws IOException {
    var reader = new BatchReader(line);
    Answer answer = answer(reader);
    json.writeStartObject();
    json.writeFieldName("id");
    if (reader.isIdText()) {
      json.writeString(reader.id());
    } else {
      json.writeRawValue(reader.id());
    }
    switch (answer) {
      case Answer.Decided(Decision decision) -> {
        json.writeStringField("decision", Output.word(decision));
        Output.member(json, "statement", Output.sid(decision));
      }
      case Answer.Bad(String why) -> json.writeStringField("error", why);
    }
    json.writeEndObject();
    return answer instanceof Answer.Decided;
  }

  /** What comes of a line. */
  private sealed interface Answer {
    record Decided(Decision decision) implements Answer {}

    record Bad(String why) implements Answer {}
  }

  private Answer answer(BatchReader reader) {
    try {
      return new Answer.Decided(decide(reader.read()));
    } catch (MalformedPolicyException e) {
      return new Answer.Bad(PolicyFile.described(e));
    } catch (BadLineException | IllegalArgumentException e) {
      return new Answer.Bad(String.valueOf(e.getMessage()));
    }
  }

  private Decision decide(BatchLine line) throws MalformedPolicyException, BadLineException {
    Optional<PolicyDocument> bucketPolicy =
        line.policy().isPresent()
            ? Optional.of(bucketPolicies.policy(line.policy().get()))
            : Optional.empty();
    List<PolicyDocument> identity = new ArrayList<>();
    for (String policy : line.identityPolicies()) {
      identity.add(identityPolicies.policy(policy));
    }
    RequestContext.Builder context = RequestContext.builder().absentUnder("");
    for (Map.Entry<String, List<String>> key : line.context().entrySet()) {
      key.getValue().forEach(value -> context.value(key.getKey(), value));
    }
    var request = new AccessRequest(caller(line), line.action(), line.resource(), context.build());
    return Authorizer.decide(bucketPolicy, line.account(), identity, request);
  }

  private static Principal caller(BatchLine line) throws BadLineException {
    if (line.principal().isEmpty()) {
      return new Principal.Anonymous();
    }
    String arn = line.principal().get();
    return Principal.parse(arn)
        .orElseThrow(() -> new BadLineException("not the ARN of a principal: " + arn));
  }
}

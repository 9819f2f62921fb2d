package io.narthex.local.cli.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.policy.Decision;
import java.io.IOException;
import java.util.Optional;

/** What the commands print. */
final class Output {
  static final JsonFactory JSON = new JsonFactory();

  private Output() {}

  /** JSON to standard output, which stays open. */
  static JsonGenerator json() throws IOException {
    return JSON.createGenerator(System.out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** {@code ALLOW}, {@code EXPLICIT_DENY} or {@code IMPLICIT_DENY}. */
  static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "ALLOW";
      case Decision.ExplicitDeny _ -> "EXPLICIT_DENY";
      case Decision.ImplicitDeny _ -> "IMPLICIT_DENY";
    };
  }

  /** The name of the statement that decided. */
  static Optional<String> sid(Decision decision) {
    return switch (decision) {
      case Decision.Allow(Optional<String> sid) -> sid;
      case Decision.ExplicitDeny(Optional<String> sid) -> sid;
      case Decision.ImplicitDeny _ -> Optional.empty();
    };
  }

  /** A member that is null without a value. */
  static void member(JsonGenerator out, String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    } else {
      out.writeNullField(name);
    }
  }
}

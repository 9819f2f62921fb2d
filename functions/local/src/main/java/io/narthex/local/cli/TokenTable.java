package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.util.List;

/** Tokens as a table for people. */
final class TokenTable {
  private TokenTable() {}

  static String of(String json) {
    try {
      List<String> rows =
          JsonDocument.parse(json.getBytes(UTF_8)).objects("tokens", TokenTable::row);
      return rows.isEmpty() ? "no tokens\n" : String.join("", rows);
    } catch (MalformedJsonException e) {
      throw new CannotException("the tokens are not understood: " + e.getMessage());
    }
  }

  private static String row(JsonDocument token) throws MalformedJsonException {
    String description = token.text("description");
    return "%s  %-7s  until %s  made %s  %s%s%s\n"
        .formatted(
            token.text("id"),
            token.text("state"),
            token.text("expires"),
            token.text("created"),
            token.text("principal"),
            token.object("tags", TokenTable::tags),
            description.isEmpty() ? "" : "  (" + description + ")");
  }

  private static String tags(JsonDocument tags) throws MalformedJsonException {
    var text = new StringBuilder();
    for (String key : tags.fields()) {
      text.append("  ").append(key).append('=').append(tags.text(key));
    }
    return text.toString();
  }
}

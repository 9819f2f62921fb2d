package io.narthex.local.cli.user;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.local.host.LocalUser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A user as the commands print it. */
final class UserView {
  private static final JsonFactory JSON = new JsonFactory();

  private UserView() {}

  /** One JSON object, in one line. */
  static String json(LocalUser user, boolean withSecret) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", user.name());
      json.writeStringField("arn", user.arn());
      json.writeStringField("userId", user.userId());
      json.writeStringField("created", user.created().toString());
      json.writeStringField("accessKeyId", user.key().id());
      if (withSecret) {
        json.writeStringField("secretAccessKey", user.key().secret());
      }
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : new TreeMap<>(user.tags()).entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
      json.writeBooleanField("hasPolicy", user.policy().isPresent());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  /** One line for people. */
  static String line(LocalUser user) {
    return "%-20s  %s  %s%s\n"
        .formatted(
            user.name(),
            user.key().id(),
            user.arn(),
            user.policy().isPresent() ? "" : "  (no policy)");
  }
}

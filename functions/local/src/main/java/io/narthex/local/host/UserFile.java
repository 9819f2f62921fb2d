package io.narthex.local.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A user as it rests in the data directory: one JSON object. */
final class UserFile {
  private static final JsonFactory JSON = new JsonFactory();

  private UserFile() {}

  /** One of its tags. */
  private record Tag(String key, String value) {}

  static String write(LocalUser user) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("name", user.name());
      json.writeStringField("path", user.path());
      json.writeStringField("userId", user.userId());
      json.writeStringField("accessKeyId", user.key().id());
      json.writeStringField("secretAccessKey", user.key().secret());
      json.writeStringField("created", user.created().toString());
      json.writeArrayFieldStart("tags");
      for (Map.Entry<String, String> tag : new TreeMap<>(user.tags()).entrySet()) {
        json.writeStartObject();
        json.writeStringField("key", tag.getKey());
        json.writeStringField("value", tag.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (user.policy().isPresent()) {
        json.writeStringField("policy", user.policy().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  /** Reads one; an IllegalArgumentException says what in it cannot be. */
  static LocalUser read(byte[] bytes) {
    try {
      JsonDocument json = JsonDocument.parse(bytes);
      Map<String, String> tags = new LinkedHashMap<>();
      for (Tag tag : json.objects("tags", o -> new Tag(o.text("key"), o.text("value")))) {
        tags.put(tag.key(), tag.value());
      }
      return new LocalUser(
          json.text("name"),
          json.text("path"),
          json.text("userId"),
          new AccessKey(json.text("accessKeyId"), json.text("secretAccessKey")),
          json.text("created", Instant::parse),
          tags,
          json.optionalText("policy", text -> text));
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(Optional.ofNullable(e.getMessage()).orElse("no user"), e);
    }
  }
}

package io.narthex.cache.index;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a shard: {@code {"hash": …, "verdict": …, "name": …, "url": …, "compression": …,
 * "narSize": …, "fileSize": …, "references": […], "deriver": …, "signers": […], "uploaded": …,
 * "tags": {…}}}. From {@code name} on it says what the narinfo says; all of that is left out where
 * there is none, and so is what the narinfo does not say.
 */
final class EntryJson {
  private EntryJson() {}

  static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("hash", entry.hash().nix32());
    json.writeStringField("verdict", entry.verdict().toString());
    if (entry.described().isPresent()) {
      write(json, entry.described().get());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Described described) throws IOException {
    json.writeStringField("name", described.name().toString());
    json.writeStringField("url", described.url());
    json.writeStringField("compression", described.compression());
    json.writeNumberField("narSize", described.narSize());
    if (described.fileSize().isPresent()) {
      json.writeNumberField("fileSize", described.fileSize().getAsLong());
    }
    json.writeArrayFieldStart("references");
    for (StorePath reference : described.references()) {
      json.writeString(reference.toString());
    }
    json.writeEndArray();
    if (described.deriver().isPresent()) {
      json.writeStringField("deriver", described.deriver().get().toString());
    }
    json.writeArrayFieldStart("signers");
    for (String signer : described.signers()) {
      json.writeString(signer);
    }
    json.writeEndArray();
    json.writeStringField("uploaded", described.uploaded().toString());
    write(json, described.tags());
  }

  private static void write(JsonGenerator json, Tags tags) throws IOException {
    if (tags.values().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : new TreeMap<>(tags.values()).entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
  }

  /** Reads an object whose start was read; unknown fields are passed over. */
  static Entry read(JsonParser json) throws IOException, MalformedIndexException {
    var fields = new EntryFields();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      try {
        read(json, field, fields);
      } catch (IllegalArgumentException e) {
        throw new MalformedIndexException(field + ": " + e.getMessage(), e);
      }
    }
    return fields.entry();
  }

  private static void read(JsonParser json, String field, EntryFields fields) throws IOException {
    switch (field) {
      case "hash" -> fields.hash(text(json));
      case "verdict" -> fields.verdict(verdict(text(json)));
      case "name" -> fields.name(text(json));
      case "url" -> fields.url(text(json));
      case "compression" -> fields.compression(text(json));
      case "narSize" -> fields.narSize(json.getLongValue());
      case "fileSize" -> fields.fileSize(json.getLongValue());
      case "references" -> fields.references(texts(json).stream().map(StorePath::parse).toList());
      case "deriver" -> fields.deriver(StorePath.parse(text(json)));
      case "signers" -> fields.signers(texts(json));
      case "uploaded" -> fields.uploaded(instant(text(json)));
      case "tags" -> fields.tags(tags(json));
      default -> json.skipChildren();
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time: " + text, e);
    }
  }

  private static VerdictTag verdict(String label) {
    return VerdictTag.labelled(label)
        .orElseThrow(() -> new IllegalArgumentException("no such verdict: " + label));
  }

  private static String text(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("not a string");
    }
    return json.getText();
  }

  private static List<String> texts(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("not an array");
    }
    var texts = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }

  private static Tags tags(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an object");
    }
    var tags = new TreeMap<String, String>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      tags.put(key, text(json));
    }
    return new Tags(tags);
  }
}

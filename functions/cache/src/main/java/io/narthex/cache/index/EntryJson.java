package io.narthex.cache.index;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One line of a shard: {@code {"hash": …, "verdict": …, "name": …, "url": …, "compression": …,
 * "narSize": …, "fileSize": …, "references": […], "deriver": …, "signers": […], "uploaded": …,
 * "tags": {…}}}. From {@code name} on it says what the narinfo says; all of that is left out where
 * there is none, and so is what the narinfo does not say. Of what is not verified only {@code
 * name}, {@code uploaded} and {@code tags} are there.
 */
final class EntryJson {
  private static final SerializedString HASH = new SerializedString("hash");
  private static final SerializedString VERDICT = new SerializedString("verdict");
  private static final SerializedString NAME = new SerializedString("name");
  private static final SerializedString URL = new SerializedString("url");
  private static final SerializedString COMPRESSION = new SerializedString("compression");
  private static final SerializedString NAR_SIZE = new SerializedString("narSize");
  private static final SerializedString FILE_SIZE = new SerializedString("fileSize");
  private static final SerializedString REFERENCES = new SerializedString("references");
  private static final SerializedString DERIVER = new SerializedString("deriver");
  private static final SerializedString SIGNERS = new SerializedString("signers");
  private static final SerializedString UPLOADED = new SerializedString("uploaded");

  private EntryJson() {}

  static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStartObject();
    write(json, HASH, entry.hash().nix32());
    write(json, VERDICT, entry.verdict().toString());
    if (entry.described().isPresent()) {
      write(json, entry.described().get());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SerializedString field, String value)
      throws IOException {
    json.writeFieldName(field);
    json.writeString(value);
  }

  private static void write(JsonGenerator json, Described described) throws IOException {
    write(json, NAME, described.name().toString());
    if (!described.isBrief()) {
      writeMore(json, described);
    }
    write(json, UPLOADED, described.uploaded().toString());
    write(json, described.tags());
  }

  /** What is left out in brief. */
  private static void writeMore(JsonGenerator json, Described described) throws IOException {
    write(json, URL, described.url());
    write(json, COMPRESSION, described.compression());
    json.writeFieldName(NAR_SIZE);
    json.writeNumber(described.narSize());
    if (described.fileSize().isPresent()) {
      json.writeFieldName(FILE_SIZE);
      json.writeNumber(described.fileSize().getAsLong());
    }
    json.writeFieldName(REFERENCES);
    json.writeStartArray();
    described.referenceNames().write(json);
    json.writeEndArray();
    if (described.deriver().isPresent()) {
      write(json, DERIVER, described.deriver().get().toString());
    }
    json.writeFieldName(SIGNERS);
    json.writeStartArray();
    for (String signer : described.signers()) {
      json.writeString(signer);
    }
    json.writeEndArray();
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
      case "references" -> {
        var references = new BaseNames.Collected();
        texts(json, references::add);
        fields.references(references.names());
      }
      case "deriver" -> fields.deriver(StorePath.parse(text(json)));
      case "signers" -> {
        var signers = new ArrayList<String>();
        texts(json, signers::add);
        fields.signers(signers);
      }
      case "uploaded" -> fields.uploaded(JsonDocument.instant(text(json)));
      case "tags" -> fields.tags(tags(json));
      default -> json.skipChildren();
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

  private static void texts(JsonParser json, Consumer<String> target) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("not an array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      target.accept(text(json));
    }
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

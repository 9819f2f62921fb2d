package io.narthex.cache.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.store.Tags;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.io.IOException;
import java.util.ArrayList;
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
  private static final byte[] HASH = LineBuffer.ascii("{\"hash\":");
  private static final byte[] VERDICT = LineBuffer.field("verdict");
  private static final byte[] NAME = LineBuffer.field("name");
  private static final byte[] URL = LineBuffer.field("url");
  private static final byte[] COMPRESSION = LineBuffer.field("compression");
  private static final byte[] NAR_SIZE = LineBuffer.field("narSize");
  private static final byte[] FILE_SIZE = LineBuffer.field("fileSize");
  private static final byte[] REFERENCES = LineBuffer.field("references");
  private static final byte[] DERIVER = LineBuffer.field("deriver");
  private static final byte[] SIGNERS = LineBuffer.field("signers");
  private static final byte[] UPLOADED = LineBuffer.field("uploaded");
  private static final byte[] TAGS = LineBuffer.field("tags");
  private static final byte[] END = LineBuffer.ascii("}\n");

  private EntryJson() {}

  static void write(LineBuffer line, Entry entry) {
    line.raw(HASH);
    line.text(entry.hash().nix32());
    write(line, VERDICT, entry.verdict().toString());
    if (entry.described().isPresent()) {
      write(line, entry.described().get());
    }
    line.raw(END);
  }

  private static void write(LineBuffer line, byte[] field, String value) {
    line.raw(field);
    line.text(value);
  }

  private static void write(LineBuffer line, Described described) {
    write(line, NAME, described.name().toString());
    if (!described.isBrief()) {
      writeMore(line, described);
    }
    line.raw(UPLOADED);
    line.time(described.uploaded());
    write(line, described.tags());
  }

  /** What is left out in brief. */
  private static void writeMore(LineBuffer line, Described described) {
    write(line, URL, described.url());
    write(line, COMPRESSION, described.compression());
    line.raw(NAR_SIZE);
    line.number(described.narSize());
    if (described.fileSize().isPresent()) {
      line.raw(FILE_SIZE);
      line.number(described.fileSize().getAsLong());
    }
    line.raw(REFERENCES);
    described.referenceNames().write(line);
    if (described.deriver().isPresent()) {
      write(line, DERIVER, described.deriver().get().toString());
    }
    line.raw(SIGNERS);
    line.texts(described.signers());
  }

  private static void write(LineBuffer line, Tags tags) {
    if (!tags.values().isEmpty()) {
      line.raw(TAGS);
      line.texts(new TreeMap<>(tags.values()));
    }
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

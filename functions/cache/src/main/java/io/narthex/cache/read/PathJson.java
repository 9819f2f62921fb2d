package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.index.Described;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/** Answers about many paths, as JSON. */
final class PathJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final StoreDir storeDir;

  /** Of paths in this store directory. */
  PathJson(StoreDir storeDir) {
    this.storeDir = requireNonNull(storeDir, "storeDir is null");
  }

  /** Writes the fields of an answer. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json, ByteArrayOutputStream soFar) throws IOException;
  }

  /** An object with these fields. */
  static Answer answer(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json, bytes);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer.Inline(
        InlineKind.JSON.headersOfThisMoment(), new Payload(bytes.toByteArray()));
  }

  /** The fields of one path. */
  void fields(JsonGenerator json, StorePathHash hash, Described described) throws IOException {
    json.writeStringField("hash", hash.nix32());
    json.writeStringField("storePath", storeDir.print(new StorePath(hash, described.name())));
    json.writeNumberField("narSize", described.narSize());
    if (described.fileSize().isPresent()) {
      json.writeNumberField("fileSize", described.fileSize().getAsLong());
    }
  }

  /** The hashes of what it refers to, itself among them if it does. */
  static void references(JsonGenerator json, Described described) throws IOException {
    json.writeArrayFieldStart("references");
    for (StorePath reference : described.references()) {
      json.writeString(reference.hash().nix32());
    }
    json.writeEndArray();
  }

  /** An array of texts. */
  static void texts(JsonGenerator json, String field, Collection<?> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (Object value : values) {
      json.writeString(value.toString());
    }
    json.writeEndArray();
  }
}

package io.narthex.index;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A {@link TaskAnswer} in JSON. Slices are their numbers: the lists of them are part of a state,
 * which may have 256 KB; for 100 million paths they have 21.
 */
final class TaskAnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

  private TaskAnswerJson() {}

  static void write(OutputStream out, TaskAnswer answer) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      writeFields(json, answer);
      json.writeEndObject();
    }
  }

  private static void writeFields(JsonGenerator json, TaskAnswer answer) throws IOException {
    switch (answer) {
      case TaskAnswer.Begun(var generation, var pieces, var partitions) -> {
        write(json, generation);
        write(json, "pieces", pieces);
        write(json, "partitions", partitions);
      }
      case TaskAnswer.Built(var paths) -> json.writeNumberField("paths", paths);
      case TaskAnswer.Finished(var generation, var paths) -> {
        write(json, generation);
        json.writeNumberField("paths", paths);
      }
      case TaskAnswer.Expired(var objects) -> json.writeNumberField("removed", objects);
      case TaskAnswer.Surveyed(var generation, var pieces, var isRepairing) -> {
        if (generation.isPresent()) {
          write(json, generation.get());
        }
        write(json, "pieces", pieces);
        json.writeBooleanField("repair", isRepairing);
      }
      case TaskAnswer.Checked(var paths, var drift) -> {
        json.writeNumberField("paths", paths);
        json.writeNumberField("drift", drift);
      }
    }
  }

  private static void write(JsonGenerator json, Generation generation) throws IOException {
    json.writeObjectFieldStart("generation");
    json.writeNumberField("number", generation.number());
    json.writeNumberField("depth", generation.depth());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<Slice> slices)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Slice slice : slices) {
      json.writeNumber(slice.number());
    }
    json.writeEndArray();
  }
}

package io.narthex.local.http;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The scalars of a JSON text by their JSON pointers. */
final class Fields {
  private Fields() {}

  static Map<String, String> of(String json) throws IOException {
    var fields = new TreeMap<String, String>();
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          fields.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
        }
      }
    }
    return fields;
  }
}

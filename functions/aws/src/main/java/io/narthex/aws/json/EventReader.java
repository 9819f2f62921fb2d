package io.narthex.aws.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Walks one JSON object as it is parsed. The caller names the fields it wants; everything else is
 * passed over, so that a new field in an event breaks nothing. A field that comes twice is refused.
 */
public final class EventReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;

  private EventReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Takes the fields of one object; a field it does not read is passed over. */
  @FunctionalInterface
  public interface Fields {
    void read(String name, EventReader value) throws MalformedEventException;
  }

  /** Reads the element of an array at which the reader stands. */
  @FunctionalInterface
  public interface Element {
    void read() throws MalformedEventException;
  }

  /** One step of the parser. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException;
  }

  /** Reads a document that is one object; an {@link IOException} of the stream is unchecked. */
  public static void read(InputStream document, Fields fields) throws MalformedEventException {
    try (JsonParser parser = JSON.createParser(document)) {
      readAll(parser, fields);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Reads a text that is one object. */
  public static void read(String document, Fields fields) throws MalformedEventException {
    try (JsonParser parser = JSON.createParser(document)) {
      readAll(parser, fields);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The fields of this value, which must be an object. */
  public void object(Fields fields) throws MalformedEventException {
    require(JsonToken.START_OBJECT, "an object");
    while (step(parser::nextToken) != JsonToken.END_OBJECT) {
      String name = step(parser::currentName);
      step(parser::nextToken);
      fields.read(name, this);
      // Unread values still begin here; read ones end here, and then this does nothing.
      step(parser::skipChildren);
    }
  }

  /** Every element of this value, which must be an array. */
  public void array(Element element) throws MalformedEventException {
    require(JsonToken.START_ARRAY, "an array");
    while (step(parser::nextToken) != JsonToken.END_ARRAY) {
      element.read();
      step(parser::skipChildren);
    }
  }

  /** This value, which must be a string. */
  public String text() throws MalformedEventException {
    require(JsonToken.VALUE_STRING, "a string");
    return step(parser::getText);
  }

  /** This value, which must be a string, or null as some emulators have it for absent. */
  public String textOrEmpty() throws MalformedEventException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? "" : text();
  }

  /** This value, which must be a whole number. */
  public long number() throws MalformedEventException {
    require(JsonToken.VALUE_NUMBER_INT, "a whole number");
    return step(parser::getLongValue);
  }

  /** Whether this value is {@code true}; anything else counts as false. */
  public boolean isTrue() {
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  private static void readAll(JsonParser parser, Fields fields) throws MalformedEventException {
    var reader = new EventReader(parser);
    step(parser::nextToken);
    reader.object(fields);
    if (step(parser::nextToken) != null) {
      throw new MalformedEventException("something follows the event");
    }
  }

  private void require(JsonToken token, String what) throws MalformedEventException {
    if (parser.currentToken() != token) {
      throw new MalformedEventException(
          "%s is not %s".formatted(parser.getParsingContext().pathAsPointer(), what));
    }
  }

  private static <T> T step(Step<T> step) throws MalformedEventException {
    try {
      return step.take();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static MalformedEventException failed(IOException e) {
    return switch (e) {
      case JsonParseException parse ->
          new MalformedEventException("not JSON: " + parse.getOriginalMessage(), parse);
      case StreamConstraintsException limit ->
          new MalformedEventException("too large: " + limit.getOriginalMessage(), limit);
      case JsonProcessingException other ->
          new MalformedEventException("not JSON: " + other.getOriginalMessage(), other);
      // What Jackson takes for UTF-16 or UTF-32 and is not.
      case CharConversionException odd ->
          new MalformedEventException("not text: " + odd.getMessage(), odd);
      default -> throw new UncheckedIOException(e);
    };
  }
}

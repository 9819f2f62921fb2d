package io.narthex.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what a handler answered in format 2.0. JSON without {@code statusCode} is itself the body
 * of a 200 of type {@code application/json}; a JSON string is its text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response">Lambda
 *     function response for format 2.0</a>
 */
final class ReplyReader {
  private static final String CONTENT_TYPE = "content-type";
  private static final String UNTYPED = "text/plain;charset=UTF-8";
  private static final int OK = 200;
  private static final int NONE = 0;

  private final JsonParser parser;
  private final Map<String, String> headers = new HashMap<>();
  private final List<String> cookies = new ArrayList<>();
  private int status = NONE;
  private String body = "";
  private boolean base64;

  private ReplyReader(JsonParser parser) {
    this.parser = parser;
  }

  static Reply read(ReplyBytes answer) throws MalformedReplyException {
    try (JsonParser parser = Json.FACTORY.createParser(answer.open())) {
      return new ReplyReader(parser).reply(answer);
    } catch (JsonProcessingException e) {
      throw new MalformedReplyException("answer: not JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply reply(ReplyBytes answer) throws IOException, MalformedReplyException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new MalformedReplyException("answer: empty");
    }
    switch (first) {
      case START_OBJECT -> readFields();
      case VALUE_STRING -> body = parser.getText();
      default -> parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new MalformedReplyException("answer: something follows it");
    }
    if (status != NONE) {
      return Reply.ofHandler(status, typedHeaders(), cookies, bytes());
    }
    byte[] itself = first == JsonToken.VALUE_STRING ? body.getBytes(UTF_8) : answer.toByteArray();
    return Reply.ofHandler(OK, Map.of(CONTENT_TYPE, "application/json"), List.of(), itself);
  }

  private void readFields() throws IOException, MalformedReplyException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "statusCode" -> status = statusCode();
        case "headers" -> readHeaders();
        case "cookies" -> readCookies();
        case "body" -> body = value == JsonToken.VALUE_NULL ? "" : string(name);
        case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
        default -> parser.skipChildren();
      }
    }
  }

  private int statusCode() throws IOException, MalformedReplyException {
    int code = parser.getValueAsInt(NONE);
    if (code == NONE) {
      throw new MalformedReplyException("statusCode: expected an integer");
    }
    return code;
  }

  private void readHeaders() throws IOException, MalformedReplyException {
    if (isAbsent(JsonToken.START_OBJECT, "headers")) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName().toLowerCase(ROOT);
      parser.nextToken();
      headers.put(name, scalar("headers"));
    }
  }

  private void readCookies() throws IOException, MalformedReplyException {
    if (isAbsent(JsonToken.START_ARRAY, "cookies")) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      cookies.add(string("cookies"));
    }
  }

  private boolean isAbsent(JsonToken start, String field) throws MalformedReplyException {
    if (parser.hasToken(start)) {
      return false;
    }
    if (parser.hasToken(JsonToken.VALUE_NULL)) {
      return true;
    }
    throw new MalformedReplyException(field + ": expected " + start);
  }

  private String string(String field) throws IOException, MalformedReplyException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw new MalformedReplyException(field + ": expected a string");
    }
    return parser.getText();
  }

  /** A number or boolean is taken as its text, as an HTTP API does. */
  private String scalar(String field) throws IOException, MalformedReplyException {
    if (!parser.currentToken().isScalarValue() || parser.hasToken(JsonToken.VALUE_NULL)) {
      throw new MalformedReplyException(field + ": expected a string");
    }
    return parser.getText();
  }

  private Map<String, String> typedHeaders() {
    if (!body.isEmpty()) {
      headers.putIfAbsent(CONTENT_TYPE, UNTYPED);
    }
    return headers;
  }

  private byte[] bytes() throws MalformedReplyException {
    if (!base64) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException("body: not base64", e);
    }
  }
}

package io.narthex.aws.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.nix.text.StrictUtf8;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the function answers through an HTTP API.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     function response for format 2.0</a>
 */
public final class HttpReply {
  private static final JsonFactory JSON = new JsonFactory();

  /** JSON can make six bytes of one, base64 only four of three; an answer may have 6 MB. */
  private static final int MAX_TEXT = 1 << 18;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** An answer with these headers and bytes. */
  public HttpReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = new TreeMap<>(headers);
    this.body = requireNonNull(body, "body is null").clone();
  }

  /** An answer without a body. */
  public HttpReply(int status, Map<String, String> headers) {
    this(status, headers, new byte[0]);
  }

  /** Its status. */
  public int status() {
    return status;
  }

  /** Writes the answer. */
  public void write(OutputStream answer) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(answer, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      writeBody(json);
      json.writeEndObject();
    }
  }

  private void writeBody(JsonGenerator json) throws IOException {
    Optional<String> text = text();
    json.writeBooleanField("isBase64Encoded", text.isEmpty());
    if (text.isPresent()) {
      json.writeStringField("body", text.get());
    } else {
      json.writeBinaryField("body", body);
    }
  }

  private Optional<String> text() {
    if (body.length > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      return Optional.of(StrictUtf8.decode(body));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

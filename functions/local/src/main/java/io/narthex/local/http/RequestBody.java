package io.narthex.local.http;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A request's body, at most the 10 MB of an HTTP API: text where its type says so and its bytes are
 * UTF-8, else base64.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html">Quotas
 *     of HTTP APIs, payload size</a>
 */
final class RequestBody {
  /** In bytes. */
  static final int LIMIT = 10 * 1024 * 1024;

  private static final RequestBody NONE = new RequestBody(new byte[0], false);

  private final byte[] bytes;
  private final boolean textual;

  private RequestBody(byte[] bytes, boolean textual) {
    this.bytes = bytes;
    this.textual = textual;
  }

  /** No body: the event has none. */
  static RequestBody none() {
    return NONE;
  }

  /** Reads a body; empty if it is longer than an HTTP API takes. */
  static Optional<RequestBody> read(InputStream source, EventHeaders headers) throws IOException {
    byte[] bytes = source.readNBytes(LIMIT + 1);
    return bytes.length > LIMIT
        ? Optional.empty()
        : Optional.of(new RequestBody(bytes, isText(headers)));
  }

  /** Writes the last two fields of the event. */
  void write(JsonGenerator event) throws IOException {
    Optional<String> text = textual ? Percent.utf8(bytes) : Optional.empty();
    if (text.isPresent()) {
      event.writeStringField("body", text.get());
    } else if (bytes.length > 0) {
      event.writeBinaryField("body", bytes);
    }
    event.writeBooleanField("isBase64Encoded", text.isEmpty() && bytes.length > 0);
  }

  private static boolean isText(EventHeaders headers) {
    String type = headers.value("content-type").toLowerCase(ROOT);
    return headers.value("content-encoding").isEmpty()
        && (type.startsWith("text/")
            || type.startsWith("application/json")
            || type.startsWith("application/javascript")
            || type.startsWith("application/xml"));
  }
}

package io.narthex.aws.http;

import static java.util.Locale.ROOT;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the event by which an HTTP API calls a function, payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 *     format version 2.0</a>
 */
public final class HttpCallReader {
  private final Map<String, String> headers = new HashMap<>();
  private String method = "";
  private String rawPath = "";
  private String query = "";
  private String sourceIp = "";
  private String domainName = "";
  private String body = "";
  private boolean isBase64;

  private HttpCallReader() {}

  /**
   * Reads the event.
   *
   * @throws MalformedEventException if it is none, which is answered with 400
   */
  public static HttpCall read(InputStream event) throws MalformedEventException {
    var reader = new HttpCallReader();
    EventReader.read(event, reader::field);
    return reader.call();
  }

  private HttpCall call() throws MalformedEventException {
    if (method.isEmpty() || !rawPath.startsWith("/")) {
      throw new MalformedEventException("not an HTTP API event of format 2.0");
    }
    return new HttpCall(method, rawPath, query, headers, sourceIp, domainName, body());
  }

  private HttpBody body() throws MalformedEventException {
    try {
      return body.isEmpty() ? HttpBody.NONE : HttpBody.of(body, isBase64);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("the body is not base64");
    }
  }

  private void field(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "rawPath" -> rawPath = value.text();
      case "rawQueryString" -> query = value.text();
      case "headers" -> value.object((header, text) -> header(header, text.text()));
      case "requestContext" -> value.object(this::context);
      case "body" -> body = value.textOrEmpty();
      case "isBase64Encoded" -> isBase64 = value.isTrue();
      default -> {}
    }
  }

  private void context(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "http" -> value.object(this::http);
      case "domainName" -> domainName = value.textOrEmpty();
      default -> {}
    }
  }

  private void http(String name, EventReader value) throws MalformedEventException {
    switch (name) {
      case "method" -> method = value.text();
      case "sourceIp" -> sourceIp = value.text();
      default -> {}
    }
  }

  private void header(String name, String value) throws MalformedEventException {
    if (headers.put(name.toLowerCase(ROOT), value) != null) {
      throw new MalformedEventException("header twice: " + name);
    }
  }
}

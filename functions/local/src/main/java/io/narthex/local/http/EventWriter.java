package io.narthex.local.http;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes the event by which an HTTP API calls a function, payload format 2.0, for the route {@code
 * $default} of the stage {@code $default}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 *     format version 2.0</a>
 */
final class EventWriter {
  private static final String DEFAULT = "$default";
  static final String ACCOUNT = "123456789012";
  private static final String API = "local";
  private static final String DOMAIN = "localhost";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", ROOT).withZone(ZoneOffset.UTC);

  private EventWriter() {}

  static void write(HttpRequest request, RequestBody body, OutputStream event) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(event, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("version", "2.0");
      json.writeStringField("routeKey", DEFAULT);
      json.writeStringField("rawPath", request.path());
      json.writeStringField("rawQueryString", request.query());
      writeHeaders(json, request.headers());
      if (!request.query().isEmpty()) {
        writeObject(json, "queryStringParameters", QueryParameters.of(request.query()));
      }
      writeContext(json, request);
      body.write(json);
      json.writeEndObject();
    }
  }

  private static void writeHeaders(JsonGenerator json, EventHeaders headers) throws IOException {
    if (!headers.cookies().isEmpty()) {
      json.writeArrayFieldStart("cookies");
      for (String cookie : headers.cookies()) {
        json.writeString(cookie);
      }
      json.writeEndArray();
    }
    writeObject(json, "headers", headers.headers());
  }

  private static void writeContext(JsonGenerator json, HttpRequest request) throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("accountId", ACCOUNT);
    json.writeStringField("apiId", API);
    json.writeStringField("domainName", DOMAIN);
    json.writeStringField("domainPrefix", DOMAIN);
    writeHttp(json, request);
    json.writeStringField("requestId", request.id());
    json.writeStringField("routeKey", DEFAULT);
    json.writeStringField("stage", DEFAULT);
    json.writeStringField("time", TIME.format(request.time()));
    json.writeNumberField("timeEpoch", request.time().toEpochMilli());
    json.writeEndObject();
  }

  private static void writeHttp(JsonGenerator json, HttpRequest request) throws IOException {
    json.writeObjectFieldStart("http");
    json.writeStringField("method", request.method());
    json.writeStringField("path", request.path());
    json.writeStringField("protocol", request.protocol());
    json.writeStringField("sourceIp", request.sourceIp());
    json.writeStringField("userAgent", request.headers().value("user-agent"));
    json.writeEndObject();
  }

  private static void writeObject(JsonGenerator json, String name, Map<String, StringJoiner> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, StringJoiner> entry : values.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue().toString());
    }
    json.writeEndObject();
  }
}

package io.narthex.local.pump;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.local.s3.event.ObjectEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;

/**
 * The message that S3 puts into a queue for one change of an object.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
public final class S3Notification {
  private static final JsonFactory JSON = new JsonFactory();

  private S3Notification() {}

  /** The JSON of the message: one record, the key form-url-encoded. */
  public static String of(ObjectEvent event, String region) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      json.writeStartObject();
      json.writeStringField("eventVersion", "2.1");
      json.writeStringField("eventSource", "aws:s3");
      json.writeStringField("awsRegion", region);
      json.writeStringField("eventTime", event.time().toString());
      json.writeStringField("eventName", event.name().wireName());
      json.writeObjectFieldStart("s3");
      json.writeStringField("s3SchemaVersion", "1.0");
      bucket(json, event);
      object(json, event);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void bucket(JsonGenerator json, ObjectEvent event) throws IOException {
    json.writeObjectFieldStart("bucket");
    json.writeStringField("name", event.bucket());
    json.writeStringField("arn", "arn:aws:s3:::" + event.bucket());
    json.writeEndObject();
  }

  private static void object(JsonGenerator json, ObjectEvent event) throws IOException {
    json.writeObjectFieldStart("object");
    json.writeStringField("key", URLEncoder.encode(event.key(), UTF_8));
    json.writeNumberField("size", event.size());
    if (event.eTag().isPresent()) {
      json.writeStringField("eTag", event.eTag().get());
    }
    if (event.versionId().isPresent()) {
      json.writeStringField("versionId", event.versionId().get());
    }
    json.writeStringField("sequencer", event.sequencer());
    json.writeEndObject();
  }
}

package io.narthex.local.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.local.s3.event.ObjectEvent;
import io.narthex.local.s3.event.ObjectEventName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The message by which S3 tells a queue of one event.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>
 */
public final class S3Notification {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private S3Notification() {}

  /**
   * The notification's JSON, with one record.
   *
   * @param region of the bucket, e.g. {@code eu-west-2}
   */
  public static String render(ObjectEvent event, String region) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      json.writeStartObject();
      json.writeStringField("eventVersion", "2.1");
      json.writeStringField("eventSource", "aws:s3");
      json.writeStringField("awsRegion", region);
      json.writeStringField("eventTime", TIME.format(event.time()));
      json.writeStringField("eventName", event.name().wireName());
      json.writeObjectFieldStart("s3");
      json.writeStringField("s3SchemaVersion", "1.0");
      writeBucket(event, json);
      writeObject(event, json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeBucket(ObjectEvent event, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("bucket");
    json.writeStringField("name", event.bucket());
    json.writeStringField("arn", "arn:aws:s3:::" + event.bucket());
    json.writeEndObject();
  }

  private static void writeObject(ObjectEvent event, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("object");
    json.writeStringField("key", encode(event.key()));
    if (event.eTag().isPresent()) {
      json.writeNumberField("size", event.size());
      json.writeStringField("eTag", event.eTag().get());
    }
    if (event.versionId().isPresent()) {
      json.writeStringField("versionId", event.versionId().get());
    }
    if (hasSequencer(event.name())) {
      json.writeStringField("sequencer", event.sequencer());
    }
    json.writeEndObject();
  }

  /** As a form encodes it, {@code +} for a space, but with slashes as they are. */
  private static String encode(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  /** Only what creates or removes an object has one. */
  private static boolean hasSequencer(ObjectEventName name) {
    return switch (name) {
      case CREATED_PUT, CREATED_COMPLETE_MULTIPART_UPLOAD, CREATED_COPY -> true;
      case REMOVED_DELETE, REMOVED_DELETE_MARKER_CREATED -> true;
      case TAGGING_PUT, TAGGING_DELETE -> false;
    };
  }
}

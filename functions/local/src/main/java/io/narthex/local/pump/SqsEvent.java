package io.narthex.local.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.local.queue.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The event by which Lambda hands a batch of SQS messages to a function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event">Example
 *     Amazon SQS message event</a>
 */
final class SqsEvent {
  private static final JsonFactory JSON = new JsonFactory();

  private SqsEvent() {}

  /** The event's JSON in UTF-8. */
  static byte[] render(List<ReceivedMessage> batch, EventSource source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (ReceivedMessage message : batch) {
        writeRecord(message, source, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeRecord(ReceivedMessage message, EventSource source, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", message.messageId().toString());
    json.writeStringField("receiptHandle", message.receiptHandle().toString());
    json.writeStringField("body", message.body());
    json.writeObjectFieldStart("attributes");
    json.writeStringField("ApproximateReceiveCount", Integer.toString(message.receiveCount()));
    json.writeStringField("SentTimestamp", Long.toString(message.sent().toEpochMilli()));
    json.writeStringField("SenderId", source.account().digits());
    json.writeStringField(
        "ApproximateFirstReceiveTimestamp", Long.toString(message.firstReceived().toEpochMilli()));
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    json.writeEndObject();
    json.writeStringField("md5OfBody", md5(message.body()));
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", source.arn());
    json.writeStringField("awsRegion", source.region());
    json.writeEndObject();
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}

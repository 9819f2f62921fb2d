package io.narthex.local.pump;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.local.queue.QueueMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A batch of messages as Lambda hands it to a function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
final class SqsEvent {
  private static final JsonFactory JSON = new JsonFactory();

  private SqsEvent() {}

  static byte[] of(List<QueueMessage> messages, String queueArn, String region) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (QueueMessage message : messages) {
        write(json, message, queueArn, region);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      JsonGenerator json, QueueMessage message, String queueArn, String region) throws IOException {
    String sent = Long.toString(message.sent().toEpochMilli());
    json.writeStartObject();
    json.writeStringField("messageId", message.id());
    json.writeStringField("receiptHandle", message.receiptHandle());
    json.writeStringField("body", message.body());
    json.writeObjectFieldStart("attributes");
    json.writeStringField("ApproximateReceiveCount", Integer.toString(message.receives()));
    json.writeStringField("SentTimestamp", sent);
    json.writeStringField("ApproximateFirstReceiveTimestamp", sent);
    json.writeStringField("SenderId", "narthex");
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    json.writeEndObject();
    json.writeStringField("md5OfBody", md5(message.body()));
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", queueArn);
    json.writeStringField("awsRegion", region);
    json.writeEndObject();
  }

  private static String md5(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

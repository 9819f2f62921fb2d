package io.narthex.aws.sqs;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The event by which SQS calls a function, and the answer that says which messages failed.
 *
 * @param messages in the order of the event
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial
 *     batch responses</a>
 */
public record SqsBatch(List<SqsMessage> messages) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NO_MESSAGES = "no SQS messages in Records";

  public SqsBatch {
    messages = List.copyOf(messages);
  }

  /**
   * Reads the event.
   *
   * @throws MalformedEventException if it is none. The invocation must fail then: an answer would
   *     tell SQS that the messages are done.
   */
  public static SqsBatch parse(InputStream event) throws MalformedEventException {
    var found = new ArrayList<SqsBatch>();
    EventReader.read(
        event,
        (name, value) -> {
          if (name.equals("Records")) {
            found.add(records(value));
          }
        });
    if (found.isEmpty()) {
      throw new MalformedEventException(NO_MESSAGES);
    }
    return found.getFirst();
  }

  /**
   * Reads the field {@code Records} of an event that may be another one too.
   *
   * @throws MalformedEventException if it holds no messages
   */
  public static SqsBatch records(EventReader records) throws MalformedEventException {
    var messages = new ArrayList<SqsMessage>();
    records.array(() -> messages.add(message(records)));
    if (messages.isEmpty()) {
      throw new MalformedEventException(NO_MESSAGES);
    }
    return new SqsBatch(messages);
  }

  /** Writes the answer; nobody in it means that all messages are done. */
  public static void writeFailures(OutputStream answer, Collection<String> messageIds)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(answer, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (String messageId : messageIds) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", messageId);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static SqsMessage message(EventReader record) throws MalformedEventException {
    var fields = new Fields();
    record.object(fields::read);
    if (fields.messageId.isEmpty()) {
      throw new MalformedEventException("a record without messageId");
    }
    return fields.message();
  }

  /** What has been read of one record. */
  private static final class Fields {
    private String messageId = "";
    private Optional<String> receiptHandle = Optional.empty();
    private int receives = 1;
    private String body = "";

    void read(String name, EventReader value) throws MalformedEventException {
      switch (name) {
        case "messageId" -> messageId = value.text();
        case "receiptHandle" -> receiptHandle = Optional.of(value.text());
        case "attributes" -> value.object(this::readAttribute);
        case "body" -> body = value.text();
        default -> {}
      }
    }

    private void readAttribute(String name, EventReader value) throws MalformedEventException {
      if (name.equals("ApproximateReceiveCount")) {
        String text = value.text();
        if (!text.matches("[1-9][0-9]{0,6}")) {
          throw new MalformedEventException("ApproximateReceiveCount is not a count");
        }
        receives = Integer.parseInt(text);
      }
    }

    SqsMessage message() {
      return new SqsMessage(messageId, receiptHandle, receives, body);
    }
  }
}

package io.narthex.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.sqs.IndexLook;
import io.narthex.aws.sqs.S3Notifications;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import java.io.ByteArrayInputStream;

/** Events that call the functions, and the messages in them. */
public final class EventFuzz {
  private EventFuzz() {}

  /** One input of Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    Reader.check(input, MalformedEventException.class, EventFuzz::batch);
    Reader.check(
        input,
        MalformedEventException.class,
        bytes -> HttpCallReader.read(new ByteArrayInputStream(bytes)));
    message(text);
  }

  private static void batch(byte[] input) throws MalformedEventException {
    for (SqsMessage message : SqsBatch.parse(new ByteArrayInputStream(input)).messages()) {
      message(message.body());
    }
  }

  private static void message(String body) {
    byte[] nothing = {};
    Reader.check(nothing, MalformedEventException.class, bytes -> S3Notifications.parse(body));
    Reader.check(nothing, MalformedEventException.class, bytes -> IndexLook.parse(body));
  }
}

package io.narthex.validate;

import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.sqs.SqsBatch;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What the function is called with. */
sealed interface ValidateEvent {
  /** Messages of the queue of uploads. */
  record Uploads(SqsBatch batch) implements ValidateEvent {}

  /** What a schedule sends: <code>{"task":"sweep"}</code>. */
  record Sweep() implements ValidateEvent {}

  /**
   * Reads the event.
   *
   * @throws MalformedEventException if it is neither, or both. The invocation must fail then: an
   *     answer would tell SQS that the messages are done.
   */
  static ValidateEvent parse(InputStream event) throws MalformedEventException {
    List<ValidateEvent> found = new ArrayList<>();
    EventReader.read(
        event,
        (name, value) -> {
          switch (name) {
            case "Records" -> found.add(new Uploads(SqsBatch.records(value)));
            case "task" -> found.add(task(value.text()));
            default -> {}
          }
        });
    if (found.size() != 1) {
      throw new MalformedEventException("not one of Records and task");
    }
    return found.getFirst();
  }

  private static ValidateEvent task(String name) throws MalformedEventException {
    if (!name.equals("sweep")) {
      throw new MalformedEventException("task is not sweep");
    }
    return new Sweep();
  }
}

package io.narthex.local.queue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the records of a log, taken one after the other, come to. */
final class LogContents {
  private final Map<Long, Message> messages = new LinkedHashMap<>();

  /**
   * Takes the next record.
   *
   * @throws IllegalArgumentException if it changes a message that is not there, or adds one that is
   */
  void apply(LogRecord record) {
    switch (record) {
      case LogRecord.Kept(Message message) ->
          require(messages.put(message.number(), message) == null, message.number(), "is there");
      case LogRecord.Received(long number, var at) ->
          change(number, message -> message.received(at));
      case LogRecord.Returned(long number) -> change(number, Message::returned);
      case LogRecord.Deleted(long number) ->
          require(messages.remove(number) != null, number, "is not there");
    }
  }

  private void change(long number, UnaryOperator<Message> change) {
    Message changed = messages.computeIfPresent(number, (n, message) -> change.apply(message));
    require(changed != null, number, "is not there");
  }

  private static void require(boolean holds, long number, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("message " + number + " " + otherwise);
    }
  }

  /** The messages there are, in the order of sending. */
  Collection<Message> messages() {
    return messages.values();
  }
}

package io.narthex.local.queue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

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
          require(
              messages.computeIfPresent(number, (n, message) -> message.received(at)) != null,
              number,
              "is not there");
      case LogRecord.Deleted(long number) ->
          require(messages.remove(number) != null, number, "is not there");
    }
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

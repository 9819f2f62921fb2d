package io.narthex.local.queue;

import java.time.Instant;

/** One change of a queue, as its log keeps it. Visibility is not kept: a restart ends it. */
sealed interface LogRecord {
  /** A message came in, or was carried over when the log was compacted. */
  record Kept(Message message) implements LogRecord {}

  /** A message was handed out once more. */
  record Received(long number, Instant at) implements LogRecord {}

  /** A message that was handed out came back: the receive failed. */
  record Returned(long number) implements LogRecord {}

  /** A message is gone: processed, or moved to another queue. */
  record Deleted(long number) implements LogRecord {}
}

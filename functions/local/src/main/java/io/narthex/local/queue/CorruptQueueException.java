package io.narthex.local.queue;

import java.nio.file.Path;

/**
 * A queue's log was changed by something other than a queue. A last record cut short by the death
 * of the process is no corruption.
 */
public final class CorruptQueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptQueueException(Path file, long offset, String reason) {
    super("Queue log " + file + " is corrupt at byte " + offset + ": " + reason);
  }
}

package io.narthex.local.queue;

import java.nio.file.Path;

/** The queue's directory is open already, in this process or in another. */
public final class QueueInUseException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  QueueInUseException(Path directory) {
    super("Queue " + directory + " is in use: stop the other process, or name another directory");
  }
}

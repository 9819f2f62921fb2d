package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import io.narthex.local.queue.MessageId;
import java.time.Duration;
import java.util.List;

/** Something a pump could not do. The messages stay in the queue in every case. */
public sealed interface PumpFailure {

  /**
   * The handler threw; the whole batch failed.
   *
   * @param batch in the order of the event
   * @param cause what it threw
   */
  record HandlerThrew(List<MessageId> batch, Throwable cause) implements PumpFailure {
    /** Copies the list. */
    public HandlerThrew {
      batch = List.copyOf(batch);
      requireNonNull(cause, "cause");
    }
  }

  /**
   * The handler did not end in time; the whole batch failed.
   *
   * @param batch in the order of the event
   * @param timeout of the function
   */
  record TimedOut(List<MessageId> batch, Duration timeout) implements PumpFailure {
    /** Copies the list. */
    public TimedOut {
      batch = List.copyOf(batch);
      requireNonNull(timeout, "timeout");
    }
  }

  /**
   * The handler answered what Lambda does not understand; the whole batch failed.
   *
   * @param batch in the order of the event
   * @param reason what was expected, and what was found
   */
  record InvalidResponse(List<MessageId> batch, String reason) implements PumpFailure {
    /** Copies the list. */
    public InvalidResponse {
      batch = List.copyOf(batch);
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The handler reported some messages as failed; the others are deleted.
   *
   * @param failed in the order of the event; not empty
   */
  record ItemsFailed(List<MessageId> failed) implements PumpFailure {
    /** Copies the list. */
    public ItemsFailed {
      failed = List.copyOf(failed);
    }
  }

  /**
   * The queue could not be read or written. The pump tries again after its backoff.
   *
   * @param cause what the queue threw
   */
  record QueueFailed(RuntimeException cause) implements PumpFailure {
    /** Refuses null. */
    public QueueFailed {
      requireNonNull(cause, "cause");
    }
  }
}

package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import io.narthex.local.queue.MessageId;
import java.util.Set;

/** What a function's response says of the messages it was given. */
sealed interface BatchResponse {

  /** All messages were processed but these; none of them is outside the batch. */
  record Failed(Set<MessageId> messages) implements BatchResponse {
    /** Copies the set. */
    public Failed {
      messages = Set.copyOf(messages);
    }
  }

  /** Not a response Lambda understands: the whole batch failed. */
  record Invalid(String reason) implements BatchResponse {
    /** Refuses null. */
    public Invalid {
      requireNonNull(reason, "reason");
    }
  }
}

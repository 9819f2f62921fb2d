package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Names a message for its whole life, also while it is a dead letter and after a redrive.
 *
 * @param value e.g. {@code 059f36b4-87a3-44ab-83d2-661975830a7d}
 */
public record MessageId(UUID value) {

  /** Refuses null. */
  public MessageId {
    requireNonNull(value, "value");
  }

  static MessageId random() {
    return new MessageId(UUID.randomUUID());
  }

  /** The 36 characters of the wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}

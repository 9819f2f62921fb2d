package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** One line of the log of a queue: a letter, a number, and what the letter needs. */
sealed interface QueueRecord {
  /** The record as text. */
  String write();

  /** Does to the queue in memory what was done. */
  void apply(DurableQueue queue);

  /** Reads what {@link #write} wrote; the log has a checksum, so anything else is a bug. */
  static QueueRecord parse(String text) {
    String[] parts = text.split(" ", 4);
    long number = Long.parseLong(parts[1]);
    return switch (parts[0]) {
      case "S" -> new Sent(number, Instant.ofEpochMilli(Long.parseLong(parts[2])), parts[3]);
      case "R" -> new Received(number, Integer.parseInt(parts[2]));
      case "D" -> new Deleted(number);
      default -> throw new IllegalStateException("unknown record " + parts[0]);
    };
  }

  /** A message was sent. */
  record Sent(long number, Instant at, String body) implements QueueRecord {
    public Sent {
      requireNonNull(at, "at is null");
      requireNonNull(body, "body is null");
    }

    @Override
    public String write() {
      return "S " + number + " " + at.toEpochMilli() + " " + body;
    }

    @Override
    public void apply(DurableQueue queue) {
      queue.add(number, at, body);
    }
  }

  /** A message was received for the so-manyeth time. */
  record Received(long number, int receives) implements QueueRecord {
    @Override
    public String write() {
      return "R " + number + " " + receives;
    }

    @Override
    public void apply(DurableQueue queue) {
      queue.countReceives(number, receives);
    }
  }

  /** A message was deleted. */
  record Deleted(long number) implements QueueRecord {
    @Override
    public String write() {
      return "D " + number;
    }

    @Override
    public void apply(DurableQueue queue) {
      queue.remove(number);
    }
  }
}

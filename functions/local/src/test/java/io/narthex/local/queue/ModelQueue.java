package io.narthex.local.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The semantics of a queue with dead letters, as simply as they can be written down. */
final class ModelQueue {
  /** Not quite a message: hidden while {@code until} is later than now. */
  private static final class Entry {
    private final String body;
    private int receives;
    private int failures;
    private int interruptions;
    private boolean open;
    private Instant until;

    Entry(String body, Instant until) {
      this.body = body;
      this.until = until;
    }
  }

  private final SettableClock clock;
  private final int maxReceives;
  private final int maxInterruptions;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> letters = new ArrayList<>();

  ModelQueue(SettableClock clock, int maxReceives, int maxInterruptions) {
    this.clock = clock;
    this.maxReceives = maxReceives;
    this.maxInterruptions = maxInterruptions;
  }

  void send(String body, Duration delay) {
    entries.add(new Entry(body, clock.instant().plus(delay)));
  }

  private boolean isHidden(Entry entry) {
    return entry.until.isAfter(clock.instant());
  }

  /** Dead letters come in the order of sending each time the queue is looked at. */
  private void bury() {
    entries.stream().filter(entry -> !isHidden(entry)).forEach(ModelQueue::fail);
    for (Entry entry : List.copyOf(entries)) {
      if (!isHidden(entry)
          && (entry.failures >= maxReceives || entry.interruptions >= maxInterruptions)) {
        entries.remove(entry);
        letters.add(entry);
      }
    }
  }

  private static void fail(Entry entry) {
    if (entry.open) {
      entry.open = false;
      entry.failures++;
    }
  }

  List<String> receive(int max, Duration visibility) {
    bury();
    List<Entry> taken = entries.stream().filter(entry -> !isHidden(entry)).limit(max).toList();
    for (Entry entry : taken) {
      entry.receives++;
      entry.open = true;
      entry.until = clock.instant().plus(visibility);
    }
    return taken.stream().map(entry -> entry.body + " " + entry.receives).toList();
  }

  boolean delete(ReceivedMessage message) {
    return entries.removeIf(entry -> isOf(entry, message));
  }

  boolean changeVisibility(ReceivedMessage message, Duration visibility) {
    bury();
    List<Entry> found =
        entries.stream().filter(entry -> isOf(entry, message) && isHidden(entry)).toList();
    found.forEach(ModelQueue::fail);
    found.forEach(entry -> entry.until = clock.instant().plus(visibility));
    return !found.isEmpty();
  }

  private static boolean isOf(Entry entry, ReceivedMessage message) {
    return entry.body.equals(message.body()) && entry.receives == message.receiveCount();
  }

  int redrive() {
    bury();
    int moved = letters.size();
    letters.forEach(entry -> send(entry.body, Duration.ZERO));
    letters.clear();
    return moved;
  }

  void restart() {
    for (Entry entry : entries) {
      if (entry.receives > 0) {
        entry.until = Instant.MIN;
      }
      if (entry.open) {
        entry.open = false;
        entry.interruptions++;
      }
    }
  }

  QueueDepth depth() {
    bury();
    int hidden = (int) entries.stream().filter(this::isHidden).count();
    int delayed = (int) entries.stream().filter(e -> isHidden(e) && e.receives == 0).count();
    return new QueueDepth(entries.size() - hidden, hidden - delayed, delayed);
  }

  int letters() {
    bury();
    return letters.size();
  }
}

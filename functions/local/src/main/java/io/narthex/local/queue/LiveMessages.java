package io.narthex.local.queue;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The messages of a queue, each in exactly one place: ready to be received, exhausted (received too
 * often, and about to be a dead letter), or hidden until a time. Not thread-safe.
 */
final class LiveMessages {
  private final Predicate<Receives> isExhausted;
  private final Map<MessageId, Place> places = new HashMap<>();
  private final TreeMap<Long, Message> ready = new TreeMap<>();
  private final TreeMap<Long, Message> exhausted = new TreeMap<>();
  private final TreeMap<Due, Message> hidden = new TreeMap<>();
  private int inFlight;

  /** Where a message is: {@code due} present exactly if it is hidden. */
  private record Place(Message message, Optional<Due> due) {}

  private record Due(Instant at, long number) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::at).thenComparingLong(Due::number);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  LiveMessages(Predicate<Receives> isExhausted) {
    this.isExhausted = isExhausted;
  }

  boolean contains(MessageId id) {
    return places.containsKey(id);
  }

  /** The message of a handle, unless it is gone or was received again since. */
  Optional<Message> find(ReceiptHandle handle) {
    return Optional.ofNullable(places.get(handle.messageId()))
        .map(Place::message)
        .filter(message -> message.number() == handle.number())
        .filter(message -> message.receives().total() == handle.receive());
  }

  /** As {@link #find}, if the message is in flight. */
  Optional<Message> findInFlight(ReceiptHandle handle) {
    return find(handle).filter(message -> place(message).due().isPresent());
  }

  /** Puts a message where it can be received, or, if it was received too often, no more. */
  void show(Message message) {
    remove(message);
    places.put(message.id(), new Place(message, Optional.empty()));
    (isExhausted.test(message.receives()) ? exhausted : ready).put(message.number(), message);
  }

  /** Puts a message out of sight until a time. */
  void hide(Message message, Instant until) {
    remove(message);
    Due due = new Due(until, message.number());
    places.put(message.id(), new Place(message, Optional.of(due)));
    hidden.put(due, message);
    inFlight += message.receives().total() > 0 ? 1 : 0;
  }

  /** Takes a message out, whatever its place; nothing if it is not there. */
  void remove(Message message) {
    Optional<Place> place = Optional.ofNullable(places.remove(message.id()));
    if (place.isEmpty()) {
      return;
    }
    ready.remove(message.number());
    exhausted.remove(message.number());
    Optional<Due> due = place.get().due();
    if (due.isPresent()) {
      hidden.remove(due.get());
      inFlight -= place.get().message().receives().total() > 0 ? 1 : 0;
    }
  }

  /** What was hidden until now or earlier, and still is. */
  List<Message> due(Instant now) {
    return List.copyOf(hidden.headMap(new Due(now, Long.MAX_VALUE), true).values());
  }

  /** The oldest messages that can be received. */
  List<Message> ready(int max) {
    return ready.values().stream().limit(max).toList();
  }

  List<Message> exhausted() {
    return List.copyOf(exhausted.values());
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** When the next hidden message is to be shown. */
  Optional<Instant> nextDue() {
    return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden.firstKey().at());
  }

  /** All messages, in no order. */
  Collection<Message> all() {
    return places.values().stream().map(Place::message).toList();
  }

  QueueDepth depth() {
    return new QueueDepth(ready.size() + exhausted.size(), inFlight, hidden.size() - inFlight);
  }

  private Place place(Message message) {
    return Optional.ofNullable(places.get(message.id())).orElseThrow();
  }
}

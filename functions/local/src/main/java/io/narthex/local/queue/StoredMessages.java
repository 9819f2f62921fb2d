package io.narthex.local.queue;

import io.narthex.local.lock.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages of a queue in memory and in its log, kept the same: each change goes to the log
 * first, and happens in memory only if that succeeded. Not thread-safe.
 */
final class StoredMessages implements AutoCloseable {
  private final Clock clock;
  private final DirectoryLock directory;
  private final MessageLog log;
  private final LiveMessages live;
  private long nextNumber;

  private StoredMessages(Clock clock, DirectoryLock directory, MessageLog log, LiveMessages live) {
    this.clock = clock;
    this.directory = directory;
    this.log = log;
    this.live = live;
  }

  /** Takes the directory, made if missing, and reads what is there. */
  static StoredMessages open(Path directory, Clock clock, Predicate<Receives> isExhausted)
      throws IOException {
    Files.createDirectories(directory);
    DirectoryLock held =
        DirectoryLock.take(directory).orElseThrow(() -> new QueueInUseException(directory));
    try {
      LogReader reader = MessageLog.read(directory);
      LiveMessages live = new LiveMessages(isExhausted);
      MessageLog log = MessageLog.after(reader, directory);
      StoredMessages stored = new StoredMessages(clock, held, log, live);
      stored.load(reader.contents().messages());
      return stored;
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  /** Also looks after what a dead process had in its hands. */
  private void load(Collection<Message> messages) {
    for (Message message : messages) {
      nextNumber = Math.max(nextNumber, message.number() + 1);
      place(message.leftBehind());
    }
  }

  List<MessageId> send(List<String> bodies, Duration delay) {
    Instant now = clock.instant();
    List<Message> messages = new ArrayList<>();
    for (String body : bodies) {
      messages.add(Message.fresh(nextNumber + messages.size(), now, now.plus(delay), body));
    }
    keep(messages);
    return messages.stream().map(Message::id).toList();
  }

  /** Keeps messages of another queue, but for those that were moved here before. */
  void adopt(List<Message> messages) {
    List<Message> moved = new ArrayList<>();
    for (Message message : messages) {
      if (!live.contains(message.id())) {
        moved.add(message.movedTo(nextNumber + moved.size()));
      }
    }
    keep(moved);
  }

  private void keep(List<Message> messages) {
    append(messages.stream().map(LogRecord.Kept::new).toList());
    nextNumber += messages.size();
    messages.forEach(this::place);
  }

  private void place(Message message) {
    if (message.isDelayed(clock.instant())) {
      live.hide(message, message.delayedUntil());
    } else {
      live.show(message);
    }
  }

  List<ReceivedMessage> receive(int max, Duration visibility) {
    Instant now = clock.instant();
    List<Message> ready = live.ready(max);
    append(ready.stream().map(m -> new LogRecord.Received(m.number(), now)).toList());
    List<Message> received = ready.stream().map(message -> message.received(now)).toList();
    received.forEach(message -> live.hide(message, now.plus(visibility)));
    return received.stream().map(Message::toReceived).toList();
  }

  boolean changeVisibility(ReceiptHandle handle, Duration visibility) {
    Optional<Message> found = live.findInFlight(handle);
    found.ifPresent(
        message -> {
          appendReturned(List.of(message));
          live.hide(message.returned(), clock.instant().plus(visibility));
        });
    return found.isPresent();
  }

  int delete(Collection<ReceiptHandle> handles) {
    List<Message> found =
        handles.stream().distinct().flatMap(handle -> live.find(handle).stream()).toList();
    forget(found);
    return found.size();
  }

  void forget(List<Message> messages) {
    append(messages.stream().map(message -> new LogRecord.Deleted(message.number())).toList());
    messages.forEach(live::remove);
  }

  /** The messages by their places as of now; to be read only. */
  LiveMessages settled() {
    List<Message> due = live.due(clock.instant());
    appendReturned(due);
    due.forEach(message -> live.show(message.returned()));
    return live;
  }

  private void appendReturned(List<Message> messages) {
    append(
        messages.stream()
            .filter(message -> message.receives().open())
            .map(message -> new LogRecord.Returned(message.number()))
            .toList());
  }

  /** Compacts first, while the log and the messages in memory agree. */
  private void append(List<? extends LogRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    if (log.isDueForCompaction()) {
      log.compact(live.all());
    }
    log.append(records);
  }

  @Override
  public void close() {
    log.close();
    directory.close();
  }
}

package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A standard SQS queue on disk: at least once, visibility timeouts, a dead-letter queue after so
 * many receives. What was sent survives the process; what was in flight when it died is visible
 * again at the next start, with its receives counted, so that a message that kills the process ends
 * among the dead letters too.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html">SQS
 *     visibility timeout</a>
 */
public final class DurableQueue implements AutoCloseable {
  private static final long COMPACT_FROM = 8 << 20;
  private static final int LIVE_SHARE = 4;

  private final QueueLog log;
  private final Clock clock;
  private final int maxReceives;
  private final Optional<DurableQueue> deadLetters;
  private final Map<Long, LiveMessage> byNumber = new HashMap<>();
  private final TreeSet<LiveMessage> byVisibility = new TreeSet<>();
  private long liveBytes;
  private long nextNumber = 1;

  private DurableQueue(
      QueueLog log, Clock clock, int maxReceives, Optional<DurableQueue> deadLetters) {
    this.log = log;
    this.clock = requireNonNull(clock, "clock is null");
    this.maxReceives = maxReceives;
    this.deadLetters = deadLetters;
  }

  /**
   * Opens a queue.
   *
   * @param directory its own; created if absent
   * @throws IllegalStateException if another process has it open
   */
  public static DurableQueue open(Path directory, Clock clock) {
    return open(
        new DurableQueue(QueueLog.open(directory), clock, Integer.MAX_VALUE, Optional.empty()));
  }

  /** Opens a queue whose messages move to another one instead of being received once more. */
  public static DurableQueue open(
      Path directory, Clock clock, int maxReceives, DurableQueue deadLetters) {
    return open(
        new DurableQueue(QueueLog.open(directory), clock, maxReceives, Optional.of(deadLetters)));
  }

  private static DurableQueue open(DurableQueue queue) {
    queue.log.read().forEach(record -> QueueRecord.parse(record).apply(queue));
    return queue;
  }

  /** Sends a message, visible at once. */
  public void send(String body) {
    sendAll(List.of(body));
  }

  /** Sends messages, all or, if the process dies meanwhile, perhaps the first few. */
  public synchronized void sendAll(List<String> bodies) {
    Instant now = clock.instant();
    var records = new ArrayList<QueueRecord>();
    for (int i = 0; i < bodies.size(); i++) {
      records.add(new QueueRecord.Sent(nextNumber + i, now, bodies.get(i)));
    }
    write(records);
    notifyAll();
  }

  /** Receives visible messages, oldest first, and hides them for a while. */
  public synchronized List<QueueMessage> receive(int max, Duration visibility) {
    Instant now = clock.instant();
    var received = new ArrayList<QueueMessage>();
    while (received.size() < max && isAnyVisible(now)) {
      LiveMessage message = byVisibility.getFirst();
      if (message.receives() >= maxReceives) {
        bury(message);
      } else {
        write(List.of(new QueueRecord.Received(message.number(), message.receives() + 1)));
        LiveMessage inFlight = message.received(now.plus(visibility));
        replace(message, inFlight);
        received.add(
            new QueueMessage(
                inFlight.id(),
                inFlight.receipt().orElseThrow(),
                inFlight.receives(),
                inFlight.sent(),
                inFlight.body()));
      }
    }
    return received;
  }

  /** Waits until a message is visible or the time is over. */
  public synchronized void await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long left = limit.toMillis();
    while (left > 0 && !isAnyVisible(clock.instant())) {
      wait(Math.min(left, untilNext()));
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Deletes a message by the receipt handle of its latest receive; another one does nothing. */
  public synchronized void delete(String receiptHandle) {
    find(receiptHandle)
        .ifPresent(message -> write(List.of(new QueueRecord.Deleted(message.number()))));
  }

  /** Makes a message in flight visible after this time, at once if zero. */
  public synchronized void changeVisibility(String receiptHandle, Duration visibility) {
    find(receiptHandle)
        .ifPresent(
            message -> {
              replace(message, message.visibleFrom(clock.instant().plus(visibility)));
              notifyAll();
            });
  }

  /** Sends the dead letters of this queue again, as new messages; how many there were. */
  public int redrive() {
    int moved = 0;
    DurableQueue from = deadLetters.orElseThrow(() -> new IllegalStateException("no dead letters"));
    List<QueueMessage> letters = from.receive(100, Duration.ofMinutes(1));
    while (!letters.isEmpty()) {
      for (QueueMessage letter : letters) {
        send(letter.body());
        from.delete(letter.receiptHandle());
        moved++;
      }
      letters = from.receive(100, Duration.ofMinutes(1));
    }
    return moved;
  }

  /** How many messages there are. */
  public synchronized QueueDepth depth() {
    Instant now = clock.instant();
    int visible = (int) byVisibility.stream().takeWhile(m -> m.isVisible(now)).count();
    int inFlight =
        (int)
            byVisibility.stream().filter(m -> !m.isVisible(now) && m.receipt().isPresent()).count();
    return new QueueDepth(visible, inFlight, byVisibility.size() - visible - inFlight);
  }

  /** Gives the directory free. */
  @Override
  public synchronized void close() {
    log.close();
  }

  /** The dead letter is written before it is taken from here: it may be there twice, never lost. */
  private void bury(LiveMessage message) {
    deadLetters.ifPresent(letters -> letters.send(message.body()));
    write(List.of(new QueueRecord.Deleted(message.number())));
  }

  private void write(List<QueueRecord> records) {
    log.append(records.stream().map(QueueRecord::write).toList());
    records.forEach(record -> record.apply(this));
    if (log.size() > Math.max(COMPACT_FROM, LIVE_SHARE * liveBytes)) {
      compact();
    }
  }

  private void compact() {
    var records = new ArrayList<String>();
    for (LiveMessage m : byNumber.values()) {
      records.add(new QueueRecord.Sent(m.number(), m.sent(), m.body()).write());
      if (m.receives() > 0) {
        records.add(new QueueRecord.Received(m.number(), m.receives()).write());
      }
    }
    log.replace(records);
  }

  void add(long number, Instant sent, String body) {
    var message = new LiveMessage(number, sent, sent, 0, Optional.empty(), body);
    byNumber.put(number, message);
    byVisibility.add(message);
    liveBytes += body.length();
    nextNumber = Math.max(nextNumber, number + 1);
  }

  /** Read back at a start: whoever received it is gone, so it is visible. */
  void countReceives(long number, int receives) {
    LiveMessage message = byNumber.get(number);
    if (message != null && message.receives() < receives) {
      replace(
          message,
          new LiveMessage(
              number,
              message.sent(),
              message.visibleAt(),
              receives,
              message.receipt(),
              message.body()));
    }
  }

  void remove(long number) {
    LiveMessage message = byNumber.remove(number);
    if (message != null) {
      byVisibility.remove(message);
      liveBytes -= message.body().length();
    }
  }

  private void replace(LiveMessage old, LiveMessage changed) {
    byVisibility.remove(byNumber.getOrDefault(old.number(), old));
    byNumber.put(changed.number(), changed);
    byVisibility.add(changed);
  }

  private Optional<LiveMessage> find(String receiptHandle) {
    int end = receiptHandle.indexOf('-');
    if (end < 2) {
      throw new IllegalArgumentException("not a receipt handle: " + receiptHandle);
    }
    return Optional.ofNullable(byNumber.get(Long.parseLong(receiptHandle, 1, end, 10)))
        .filter(message -> message.receipt().equals(Optional.of(receiptHandle)));
  }

  private boolean isAnyVisible(Instant now) {
    return !byVisibility.isEmpty() && byVisibility.getFirst().isVisible(now);
  }

  private long untilNext() {
    return byVisibility.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(
            1, Duration.between(clock.instant(), byVisibility.getFirst().visibleAt()).toMillis());
  }
}

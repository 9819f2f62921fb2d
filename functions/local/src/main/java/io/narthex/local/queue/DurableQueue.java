package io.narthex.local.queue;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A queue in a directory, with the semantics of an SQS standard queue: at least once, in about the
 * order of sending; a received message is out of sight until it is deleted or its visibility
 * timeout ends. All messages are held in memory too.
 *
 * <p>What a method has done outlives the process at any moment it may be killed. (Not the power:
 * nothing is forced to the disk.) Messages in flight come back at once when the queue is opened
 * again. Unlike SQS, a receive that was cut short by the death of the process does not count as
 * failed: {@link RedrivePolicy} has a bound of its own for those.
 *
 * <p>Safe for use by many threads; interrupting one harms nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html">Visibility
 *     timeout</a>
 */
public final class DurableQueue implements AutoCloseable {
  /** The longest delay SQS takes. */
  public static final Duration MAX_DELAY = Duration.ofMinutes(15);

  /** The longest visibility timeout SQS takes. */
  public static final Duration MAX_VISIBILITY = Duration.ofHours(12);

  private final Path directory;
  private final Clock clock;
  private final Optional<RedrivePolicy> redrivePolicy;
  private final StoredMessages stored;
  private boolean closed;

  /** Guards all that is above. Taken before the lock of the dead-letter queue, never after. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  private DurableQueue(
      Path directory, Clock clock, Optional<RedrivePolicy> redrivePolicy, StoredMessages stored) {
    this.directory = directory;
    this.clock = clock;
    this.redrivePolicy = redrivePolicy;
    this.stored = stored;
  }

  /**
   * Opens a queue whose messages may be received any number of times, such as a dead-letter queue.
   *
   * @param directory of this queue alone; made if missing
   * @throws QueueInUseException if it is open already, here or in another process
   * @throws CorruptQueueException if something else has written to its log
   */
  public static DurableQueue open(Path directory, Clock clock) {
    return open(directory, clock, Optional.empty());
  }

  /** As {@link #open(Path, Clock)}, for a queue with a dead-letter queue. */
  public static DurableQueue open(Path directory, Clock clock, RedrivePolicy redrivePolicy) {
    return open(directory, clock, Optional.of(redrivePolicy));
  }

  private static DurableQueue open(Path directory, Clock clock, Optional<RedrivePolicy> policy) {
    requireNonNull(clock, "clock");
    try {
      StoredMessages stored =
          StoredMessages.open(
              directory,
              clock,
              receives -> policy.filter(p -> p.isExhausted(receives)).isPresent());
      return new DurableQueue(directory, clock, policy, stored);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open queue " + directory, e);
    }
  }

  /**
   * Sends one message, visible at once.
   *
   * @throws IllegalArgumentException if the body is empty, above 1 MiB of UTF-8, or no Unicode text
   */
  public MessageId send(String body) {
    return send(body, Duration.ZERO);
  }

  /** As {@link #send(String)}, visible after a delay of at most {@link #MAX_DELAY}. */
  public MessageId send(String body, Duration delay) {
    return send(List.of(body), delay).getFirst();
  }

  /**
   * Sends messages, in this order. If the process dies in it, some first ones may have been sent.
   *
   * @return their ids, in the same order
   */
  public List<MessageId> sendAll(List<String> bodies) {
    return send(bodies, Duration.ZERO);
  }

  private List<MessageId> send(List<String> bodies, Duration delay) {
    requireWithin(delay, MAX_DELAY, "delay");
    return locked(
        () -> {
          requireOpen();
          return stored.send(bodies, delay);
        });
  }

  /**
   * Takes the oldest visible messages and hides them.
   *
   * @param max at least 1
   * @param visibility until when they are hidden if they are not deleted; at most {@link
   *     #MAX_VISIBILITY}
   * @return at most {@code max}, none if none is visible; the order of sending
   */
  public List<ReceivedMessage> receive(int max, Duration visibility) {
    if (max < 1) {
      throw new IllegalArgumentException("max " + max);
    }
    requireWithin(visibility, MAX_VISIBILITY, "visibility");
    return locked(
        () -> {
          settle();
          return stored.receive(max, visibility);
        });
  }

  /**
   * Waits until a message is visible.
   *
   * @return whether one is; another thread may receive it first
   * @throws IllegalStateException if the queue is closed meanwhile
   */
  public boolean await(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = timeout.toNanos();
      LiveMessages live = settle();
      while (!live.hasReady() && nanos > 0) {
        long slice = Math.min(nanos, WaitSlice.until(live.nextDue(), clock).toNanos());
        nanos -= slice - changed.awaitNanos(slice);
        live = settle();
      }
      return live.hasReady();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Deletes a message that was received, also if its visibility timeout has ended meanwhile.
   *
   * @return whether it was deleted: not if it is gone already, or was received again since
   */
  public boolean delete(ReceiptHandle handle) {
    return deleteAll(List.of(handle)) == 1;
  }

  /** As {@link #delete}, for many; returns how many were deleted. */
  public int deleteAll(Collection<ReceiptHandle> handles) {
    return locked(
        () -> {
          requireOpen();
          return stored.delete(handles);
        });
  }

  /**
   * Lets a message in flight become visible this long from now; at once if zero. Its receive counts
   * as failed from now on, whatever becomes of the process.
   *
   * @param visibility at most {@link #MAX_VISIBILITY}
   * @return whether it was changed: not if the message is not in flight by this handle
   */
  public boolean changeVisibility(ReceiptHandle handle, Duration visibility) {
    requireWithin(visibility, MAX_VISIBILITY, "visibility");
    return locked(
        () -> {
          settle();
          return stored.changeVisibility(handle, visibility);
        });
  }

  /**
   * Moves what is visible in the dead-letter queue back to this one, as if never received. Ids and
   * times of sending stay.
   *
   * @return how many messages were moved
   * @throws IllegalStateException if this queue has no dead-letter queue
   */
  public int redrive() {
    DurableQueue dead =
        redrivePolicy
            .map(RedrivePolicy::deadLetterQueue)
            .orElseThrow(
                () ->
                    new IllegalStateException("Queue " + directory + " has no dead-letter queue"));
    lock.lock();
    dead.lock.lock();
    try {
      settle();
      List<Message> letters = dead.settle().ready(Integer.MAX_VALUE);
      // Stopped between the two, the message is in both queues: adopting it again changes nothing.
      stored.adopt(letters);
      dead.stored.forget(letters);
      changed.signalAll();
      return letters.size();
    } finally {
      dead.lock.unlock();
      lock.unlock();
    }
  }

  /** How many messages there are, as of now. */
  public QueueDepth depth() {
    return locked(() -> settle().depth());
  }

  /** Gives the directory free. The dead-letter queue is not closed with it. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        changed.signalAll();
        stored.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Brings every message to its place as of now. */
  private LiveMessages settle() {
    requireOpen();
    List<Message> exhausted = stored.settled().exhausted();
    if (!exhausted.isEmpty()) {
      redrivePolicy.orElseThrow().deadLetterQueue().take(exhausted);
      // Stopped here, the message is in both queues: opened again, it is exhausted as before.
      stored.forget(exhausted);
    }
    return stored.settled();
  }

  private void take(List<Message> messages) {
    locked(
        () -> {
          requireOpen();
          stored.adopt(messages);
          return messages;
        });
  }

  /** Does one thing, and wakes who waits, for a message may have become visible by it. */
  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Queue " + directory + " is closed");
    }
  }

  private static void requireWithin(Duration duration, Duration max, String name) {
    if (duration.isNegative() || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(name + " " + duration + ", at most " + max);
    }
  }
}

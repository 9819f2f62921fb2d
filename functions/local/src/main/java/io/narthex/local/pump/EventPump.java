package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.local.http.LocalContext;
import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.QueueMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes messages from a queue, in batches, to a function, and deletes those that it does not report
 * as failed. A function that throws, or answers what cannot be understood, has failed the whole
 * batch.
 */
public final class EventPump implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final DurableQueue queue;
  private final RequestStreamHandler function;
  private final PumpConfig config;
  private final Consumer<Exception> failures;
  private final List<Thread> workers = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile boolean stopping;

  private EventPump(
      DurableQueue queue,
      RequestStreamHandler function,
      PumpConfig config,
      Consumer<Exception> failures) {
    this.queue = requireNonNull(queue, "queue is null");
    this.function = requireNonNull(function, "function is null");
    this.config = requireNonNull(config, "config is null");
    this.failures = requireNonNull(failures, "failures is null");
  }

  /**
   * Starts pumping.
   *
   * @param failures is told when a function throws
   */
  public static EventPump start(
      DurableQueue queue,
      RequestStreamHandler function,
      PumpConfig config,
      Consumer<Exception> failures) {
    var pump = new EventPump(queue, function, config, failures);
    for (int i = 0; i < config.workers(); i++) {
      pump.workers.add(Thread.ofPlatform().name(config.function() + "-" + i).start(pump::work));
    }
    return pump;
  }

  /** How many calls are running. */
  public int busy() {
    return busy.get();
  }

  /** Stops taking messages and waits, for a while, until what was taken is done. */
  @Override
  public void close() {
    stopping = true;
    long end = System.nanoTime() + DRAIN.toNanos();
    for (Thread worker : workers) {
      try {
        if (!worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          worker.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void work() {
    try {
      while (!stopping) {
        queue.await(POLL);
        List<QueueMessage> batch = queue.receive(config.batchSize(), config.visibility());
        if (!batch.isEmpty()) {
          busy.incrementAndGet();
          deliver(batch);
          busy.decrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(List<QueueMessage> batch) {
    Set<String> ids = batch.stream().map(QueueMessage::id).collect(Collectors.toSet());
    Set<String> failed = call(batch).flatMap(a -> BatchAnswer.failures(a, ids)).orElse(ids);
    for (QueueMessage message : batch) {
      if (failed.contains(message.id())) {
        queue.changeVisibility(message.receiptHandle(), config.retryAfter());
      } else {
        queue.delete(message.receiptHandle());
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a function throws, it is the batch that failed
  private Optional<byte[]> call(List<QueueMessage> batch) {
    byte[] event =
        SqsEvent.of(batch, "arn:aws:sqs:" + REGION + ":000000000000:" + config.function(), REGION);
    var answer = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(event),
          answer,
          new LocalContext(config.function(), UUID.randomUUID().toString(), config.visibility()));
      return Optional.of(answer.toByteArray());
    } catch (IOException | RuntimeException e) {
      failures.accept(e);
      return Optional.empty();
    }
  }
}

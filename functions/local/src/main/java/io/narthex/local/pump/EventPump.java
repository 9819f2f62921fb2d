package io.narthex.local.pump;

import static java.util.Objects.requireNonNull;

import io.narthex.local.queue.DurableQueue;
import io.narthex.local.queue.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SQS event source mapping with {@code ReportBatchItemFailures}: takes messages from a queue,
 * calls a function with them, deletes what it processed, and lets the rest come back.
 *
 * <p>One thread receives, and only when a worker is free, so that no message's visibility timeout
 * runs while it waits for one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
public final class EventPump implements AutoCloseable {
  private static final Duration LONGEST_AWAIT = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  private final DurableQueue queue;
  private final PumpConfig config;
  private final PumpListener listener;
  private final Invocation invocation;
  private final Semaphore freeWorkers;
  private final ExecutorService workers;
  private final Thread poller;
  private final AtomicInteger inFlight = new AtomicInteger();

  private EventPump(
      DurableQueue queue,
      Invocation invocation,
      String name,
      PumpConfig config,
      PumpListener listener) {
    this.queue = queue;
    this.invocation = invocation;
    this.config = config;
    this.listener = listener;
    this.freeWorkers = new Semaphore(config.workers());
    this.workers =
        Executors.newFixedThreadPool(
            config.workers(), Thread.ofPlatform().name(name + "-", 1).factory());
    this.poller = Thread.ofPlatform().name(name + "-poller").unstarted(this::poll);
  }

  /**
   * Starts a pump.
   *
   * @param queue stays open for longer than the pump
   * @param listener is told what fails
   * @param clock of the context's remaining time
   * @throws IllegalArgumentException if messages would be visible again before the function's
   *     timeout ends
   */
  public static EventPump start(
      DurableQueue queue,
      EventSource source,
      LambdaFunction function,
      PumpConfig config,
      PumpListener listener,
      Clock clock) {
    requireNonNull(listener, "listener");
    if (config.visibility().compareTo(function.timeout()) < 0) {
      throw new IllegalArgumentException(
          "visibility %s is shorter than the timeout %s of %s"
              .formatted(config.visibility(), function.timeout(), function.name()));
    }
    Invocation invocation = new Invocation(queue, source, function, config.backoff(), clock);
    EventPump pump = new EventPump(queue, invocation, function.name(), config, listener);
    pump.poller.start();
    return pump;
  }

  /** Messages that were received, and whose handler has not ended. */
  public int inFlight() {
    return inFlight.get();
  }

  private void poll() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pollOnce();
      }
    } catch (InterruptedException e) {
      // close() asks for an end; nothing is held that was received.
      Thread.currentThread().interrupt();
    }
  }

  private void pollOnce() throws InterruptedException {
    freeWorkers.acquire();
    boolean handedOver = false;
    try {
      if (queue.await(LONGEST_AWAIT)) {
        handedOver = receive();
      }
    } catch (RuntimeException e) {
      workers.execute(() -> tell(new PumpFailure.QueueFailed(e)));
      pause();
    } finally {
      if (!handedOver) {
        freeWorkers.release();
      }
    }
  }

  private boolean receive() {
    List<ReceivedMessage> batch = queue.receive(config.batchSize(), config.visibility());
    if (batch.isEmpty()) {
      return false;
    }
    inFlight.addAndGet(batch.size());
    workers.execute(() -> work(batch));
    return true;
  }

  private void pause() throws InterruptedException {
    boolean isShort = config.backoff().compareTo(SHORTEST_PAUSE) < 0;
    Thread.sleep(isShort ? SHORTEST_PAUSE : config.backoff());
  }

  private void work(List<ReceivedMessage> batch) {
    try {
      invocation.run(batch).ifPresent(this::tell);
    } catch (RuntimeException e) {
      tell(new PumpFailure.QueueFailed(e));
    } finally {
      inFlight.addAndGet(-batch.size());
      freeWorkers.release();
    }
  }

  private void tell(PumpFailure failure) {
    try {
      listener.onFailure(failure);
    } catch (RuntimeException e) {
      // There is nobody left to tell, and the messages are where they belong.
    }
  }

  /**
   * Receives no more, and waits for the handlers that run. Those that outlast the time limit are
   * interrupted and left behind; their messages are visible again after the visibility timeout, or
   * when the queue is next opened. Interrupting the caller ends the wait early.
   */
  @Override
  public void close() {
    poller.interrupt();
    try {
      poller.join();
      workers.shutdown();
      if (!workers.awaitTermination(config.drain().toNanos(), TimeUnit.NANOSECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

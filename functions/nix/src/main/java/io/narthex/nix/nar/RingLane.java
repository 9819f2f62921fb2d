package io.narthex.nix.nar;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A lane to a sink in a thread of its own, over a few buffers that go round.
 *
 * <p>Neither side can hang: the sink's side gives every buffer back even after the sink has failed,
 * and {@link #close} always sends the end. The sink's thread has ended when {@link #close} returns.
 */
final class RingLane implements Lane {
  private static final int BUFFERS = 4;
  private static final int BUFFER = 1 << 18;

  /** A buffer and how much of it is filled; nothing filled means the end. */
  private static final class Slot {
    private final byte[] buffer = new byte[BUFFER];
    private int length;
  }

  private final BlockingQueue<Slot> empty = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Slot> filled = new ArrayBlockingQueue<>(BUFFERS);
  private final ByteSink sink;
  private final Thread thread;
  private @Nullable Slot current;

  /** Written by the sink's thread only, read when that has ended. */
  private @Nullable Throwable failure;

  private RingLane(ByteSink sink) {
    this.sink = sink;
    for (int i = 0; i < BUFFERS; i++) {
      empty.add(new Slot());
    }
    this.thread = Thread.ofPlatform().daemon().name("nar-pass").unstarted(this::drain);
  }

  static RingLane start(ByteSink sink) {
    RingLane lane = new RingLane(sink);
    lane.thread.start();
    return lane;
  }

  @Override
  public byte[] buffer() {
    return slot().buffer;
  }

  @Override
  public void send(int length) {
    Slot slot = slot();
    slot.length = length;
    filled.add(slot);
    current = null;
  }

  @Override
  public void close() {
    send(0);
    uninterrupted(
        () -> {
          thread.join();
          return thread;
        });
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private Slot slot() {
    Slot slot = current;
    if (slot == null) {
      slot = uninterrupted(empty::take);
      current = slot;
    }
    return slot;
  }

  private void drain() {
    Slot slot = uninterrupted(filled::take);
    while (slot.length > 0) {
      feed(slot);
      empty.add(slot);
      slot = uninterrupted(filled::take);
    }
  }

  private void feed(Slot slot) {
    if (failure == null) {
      try {
        sink.feed(slot.buffer, 0, slot.length);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  /** Each side only ever waits for the other, which never stops half way; so waits are short. */
  private static <T> T uninterrupted(Wait<T> wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Wait<T> {
    T await() throws InterruptedException;
  }
}

package io.narthex.cache.index;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all who share it may keep at the same time, together. */
final class Allowance {
  /** What is kept of the index while it is asked is a quarter of the heap at most. */
  private static final int SHARE_OF_HEAP = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Of a fixed size.
   *
   * @param most in bytes
   */
  Allowance(long most) {
    this.most = most;
  }

  /** A share of the largest heap that this process may have. */
  static Allowance ofHeap() {
    return new Allowance(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** Whether there were so many bytes left, which are taken now. */
  boolean take(long bytes) {
    boolean isLeft = taken.addAndGet(bytes) <= most;
    if (!isLeft) {
      giveBack(bytes);
    }
    return isLeft;
  }

  /** So many that were taken are not needed any more. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}

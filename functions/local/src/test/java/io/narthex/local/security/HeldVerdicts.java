package io.narthex.local.security;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;
import io.narthex.local.host.OutcomeView;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps those who give verdicts from going on to the next upload, for as long as a test likes. */
final class HeldVerdicts implements OutcomeView {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean holding;
  private int held;

  @Override
  public void show(Outcome outcome, long elapsedMs) {
    lock.lock();
    try {
      held++;
      changed.signalAll();
      while (holding) {
        changed.awaitUninterruptibly();
      }
    } finally {
      held--;
      lock.unlock();
    }
  }

  @Override
  public void showFailure(String reason) {
    System.getLogger("test").log(System.Logger.Level.INFO, reason);
  }

  @Override
  public void showDenied(Denial denial, int status, String requestId) {}

  @Override
  public void showUnauthenticated(Refused refused, String requestId) {}

  /** From now on, whoever has given a verdict waits. */
  void hold() {
    lock.lock();
    try {
      holding = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many wait. */
  void awaitHeld(int number) throws InterruptedException {
    lock.lock();
    try {
      while (held < number) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** All go on. */
  void release() {
    lock.lock();
    try {
      holding = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

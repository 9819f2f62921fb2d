package io.narthex.cache.read;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Sleeper {
  /** Returns after this time, or earlier. */
  void sleep(Duration duration);
}

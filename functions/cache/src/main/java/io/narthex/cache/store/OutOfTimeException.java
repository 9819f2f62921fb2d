package io.narthex.cache.store;

import java.io.IOException;
import java.time.Duration;

/**
 * An object cannot be read to its end in all the time that there is for one: to try again is in
 * vain. The store has not failed.
 */
public final class OutOfTimeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration time;
  private final long bytes;

  /**
   * @param time that there was
   * @param bytes that were read in it
   */
  public OutOfTimeException(Duration time, long bytes) {
    super("%d bytes read in %d seconds, and not all".formatted(bytes, time.toSeconds()));
    this.time = time;
    this.bytes = bytes;
  }

  /** All the time that there was. */
  public Duration time() {
    return time;
  }

  /** How many bytes were read in it. */
  public long bytes() {
    return bytes;
  }
}

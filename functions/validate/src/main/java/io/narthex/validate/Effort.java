package io.narthex.validate;

/**
 * What a look at a key took.
 *
 * @param elapsedMs milliseconds, for all outcomes of that key
 * @param bytesRead of the cache bucket; 0 for all but the first outcome of a key
 */
public record Effort(long elapsedMs, long bytesRead) {
  private static final double MEGABYTE = 1_000_000;

  public Effort {
    if (elapsedMs < 0 || bytesRead < 0) {
      throw new IllegalArgumentException("an effort is not negative");
    }
  }

  /** The same look, for its further outcomes. */
  Effort withoutBytes() {
    return new Effort(elapsedMs, 0);
  }

  /** Whether enough was read for the time to say something about its speed. */
  boolean isThroughput() {
    return bytesRead >= MEGABYTE;
  }

  /** Seconds for 1,000,000 bytes. */
  double secondsPerMegabyte() {
    return elapsedMs / 1000.0 / (bytesRead / MEGABYTE);
  }
}

package io.narthex.validate;

import io.narthex.cache.store.OutOfTimeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * How long objects may be read in one invocation. One that had nearly all of that time for itself
 * and was not read to its end never will be ({@link OutOfTimeException}); one that had less fails,
 * and comes again. It belongs to one invocation at a time, as Lambda has it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html">Configure
 *     Lambda function timeout</a>
 */
final class ReadTime {
  /** For the report, the tags and the answer. */
  private static final Duration RESERVE = Duration.ofSeconds(20);

  private static final double NEARLY_ALL = 0.9;

  private volatile long end = Long.MAX_VALUE;
  private volatile long all = Long.MAX_VALUE;

  /** An invocation begins that has so many milliseconds. */
  void begin(int remainingMillis) {
    all = Math.max(0, Duration.ofMillis(remainingMillis).minus(RESERVE).toNanos());
    end = System.nanoTime() + all;
  }

  /** The same stream, as long as there is time. */
  InputStream over(InputStream stream) {
    return all == Long.MAX_VALUE ? stream : new Limited(stream);
  }

  private final class Limited extends FilterInputStream {
    private final long start = System.nanoTime();
    private long bytes;

    Limited(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      checkTime();
      int read = in.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      checkTime();
      int read = in.read(buffer, offset, length);
      bytes += Math.max(read, 0);
      return read;
    }

    private void checkTime() throws IOException {
      if (System.nanoTime() - end < 0) {
        return;
      }
      long had = end - start;
      throw all > 0 && had >= all * NEARLY_ALL
          ? new OutOfTimeException(Duration.ofNanos(had), bytes)
          : new IOException("no time left, after %d bytes".formatted(bytes));
    }
  }
}

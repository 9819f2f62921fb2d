package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A write with a condition, made again a few times when S3 says that another one was under way.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 *     Conditional writes</a>
 */
final class ConditionalPut {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final S3Call call;
  private final Pause pause;

  ConditionalPut(S3Call call, Pause pause) {
    this.call = requireNonNull(call, "call is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration);
  }

  PutResult put(Supplier<PutResult> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (S3Exception e) {
        switch (S3Failure.of(e)) {
          // A missing key cannot be the expected one: the answer to If-Match is 404 then.
          case PRECONDITION, ABSENT -> {
            return notWritten(e);
          }
          case CONFLICT -> pauseAfter(attempt, e);
          case DENIED, UNREADABLE, OTHER -> throw call.failed(e);
        }
      } catch (SdkException e) {
        throw call.failed(e);
      }
    }
  }

  // If the SDK repeated the request, an earlier one may be what the condition failed on: who cannot
  // be told for certain is told nothing.
  private PutResult notWritten(S3Exception e) {
    Integer attempts = e.numAttempts();
    if (attempts != null && attempts > 1) {
      throw new StoreException(
          "%s %s: may have been written by an attempt that was not answered"
              .formatted(call.operation(), call.about()));
    }
    return new PutResult.PreconditionFailed();
  }

  private void pauseAfter(int attempt, S3Exception e) {
    if (attempt == ATTEMPTS) {
      throw call.failed(e);
    }
    pause.sleep(PAUSE.multipliedBy(attempt));
  }
}

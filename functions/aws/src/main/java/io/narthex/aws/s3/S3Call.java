package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.DeniedObjectException;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.UnreadableObjectException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One request to S3 and what its failures become.
 *
 * @param operation the name in the API, e.g. {@code GetObject}
 * @param about the key or prefix, for the message
 */
record S3Call(String operation, String about) {
  private static final Set<S3Failure> ABSENT = Set.of(S3Failure.ABSENT);
  private static final Set<S3Failure> ABSENT_OR_DENIED = Set.of(S3Failure.ABSENT, S3Failure.DENIED);

  S3Call {
    requireNonNull(operation, "operation is null");
    requireNonNull(about, "about is null");
  }

  /** The answer; any failure is one of the environment. */
  <T> T answer(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw cutOff(e);
    }
  }

  /** The answer; empty if there is nothing under the key. */
  <T> Optional<T> find(Supplier<T> request) {
    return find(request, ABSENT);
  }

  /** The answer; empty if there is nothing under the key or S3 does not let us see it. */
  <T> Optional<T> findReadable(Supplier<T> request) {
    return find(request, ABSENT_OR_DENIED);
  }

  private <T> Optional<T> find(Supplier<T> request, Set<S3Failure> nothing) {
    try {
      return Optional.of(request.get());
    } catch (S3Exception e) {
      if (nothing.contains(S3Failure.of(e))) {
        return Optional.empty();
      }
      throw failed(e);
    } catch (SdkException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw cutOff(e);
    }
  }

  /** The SDK's client lets some failures of a connection through as they are. */
  private StoreException cutOff(UncheckedIOException e) {
    return new StoreException(operation + " " + about, e);
  }

  /** The exception that leaves the adapter. */
  StoreException failed(SdkException e) {
    String what = operation + " " + about;
    return switch (e instanceof S3Exception refusal ? S3Failure.of(refusal) : S3Failure.OTHER) {
      case UNREADABLE -> new UnreadableObjectException(what, e);
      case DENIED -> new DeniedObjectException(what, e);
      case ABSENT, PRECONDITION, CONFLICT, OTHER -> new StoreException(what, e);
    };
  }
}

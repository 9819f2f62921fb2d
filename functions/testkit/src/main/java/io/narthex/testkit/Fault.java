package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What goes wrong with one request of a {@link MemoryStore}. A request that changes something can
 * fail in two ways that its caller cannot tell apart.
 */
public enum Fault {
  /** Nothing: the request is done and answered. */
  NONE,
  /** Not done, and the caller is told of a failure. */
  NOT_DONE,
  /** Done, and the caller is told of a failure. */
  DONE,
  /** A conditional write that is answered as if its condition had failed, and was not done. */
  REFUSED,
  /** The same of one that was done: a first answer was lost, and the second attempt met itself. */
  REFUSED_THOUGH_DONE;

  private static final Set<Fault> NOT_STORED = EnumSet.of(NOT_DONE, REFUSED);
  private static final Set<Fault> REFUSALS = EnumSet.of(REFUSED, REFUSED_THOUGH_DONE);

  /** What becomes of a request: {@code refusal} is what a failed condition is answered by. */
  <T> T answer(Request request, Supplier<T> work, Optional<T> refusal) {
    Optional<T> done = NOT_STORED.contains(this) ? Optional.empty() : Optional.of(work.get());
    if (this == NONE) {
      return done.orElseThrow();
    }
    if (REFUSALS.contains(this)) {
      return refusal.orElseThrow(
          () -> new IllegalArgumentException(request.operation() + " has no condition"));
    }
    throw new StoreException(
        "%s %s: failed, %s"
            .formatted(
                request.operation(), request.key(), done.isPresent() ? "though done" : "not done"));
  }

  /** Decides about each request before it is done. */
  @FunctionalInterface
  public interface Plan {
    /** No request ever fails. */
    Plan NEVER = request -> NONE;

    Fault about(Request request);
  }

  /**
   * One request.
   *
   * @param operation as in the S3 API, e.g. {@code PutObjectTagging}
   * @param key the key, or the prefix of a listing
   */
  public record Request(String operation, String key) {
    public Request {
      requireNonNull(operation, "operation is null");
      requireNonNull(key, "key is null");
    }

    /** Whether it changes anything. */
    public boolean isWrite() {
      return operation.startsWith("Put") || operation.startsWith("Delete");
    }
  }
}

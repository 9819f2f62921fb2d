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
  /** Not done, and the caller is told of a failure: 503, or no answer. */
  NOT_DONE,
  /** Done, and the caller is told of a failure. */
  DONE,
  /**
   * A conditional write that is answered as if its condition had failed, by 412, and was not done.
   */
  REFUSED,
  /** The same of one that was done: a first answer was lost, and the second attempt met itself. */
  REFUSED_THOUGH_DONE,
  /** A conditional write that met another one, by 409: not done, and made again by the store. */
  CONFLICT,
  /** The same of one that was done: made again, it meets itself. */
  CONFLICT_THOUGH_DONE;

  private static final Set<Fault> NOT_STORED = EnumSet.of(NOT_DONE, REFUSED, CONFLICT);
  private static final Set<Fault> CONDITIONAL =
      EnumSet.of(REFUSED, REFUSED_THOUGH_DONE, CONFLICT, CONFLICT_THOUGH_DONE);

  /**
   * What becomes of a request; empty if it is to be made again.
   *
   * @param refusal what a failed condition is answered by; empty if the request has none
   */
  <T> Optional<T> answer(Request request, Supplier<T> work, Optional<T> refusal) {
    if (refusal.isEmpty() && CONDITIONAL.contains(this)) {
      throw new IllegalArgumentException(request.operation() + " has no condition");
    }
    Optional<T> done = NOT_STORED.contains(this) ? Optional.empty() : Optional.of(work.get());
    return switch (this) {
      case NONE -> done;
      case REFUSED, REFUSED_THOUGH_DONE -> refusal;
      case CONFLICT, CONFLICT_THOUGH_DONE -> Optional.empty();
      case NOT_DONE, DONE ->
          throw new StoreException(
              "%s %s: failed, %s"
                  .formatted(
                      request.operation(),
                      request.key(),
                      done.isPresent() ? "though done" : "not done"));
    };
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

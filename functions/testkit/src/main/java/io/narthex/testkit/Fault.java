package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

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
  DONE;

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

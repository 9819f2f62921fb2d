package io.narthex.local.http;

/** Which status codes a handler may answer with. */
final class ReplyStatus {
  private static final int FIRST = 200;
  private static final int LAST = 599;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private ReplyStatus() {}

  /** Whether it ends a request; 1xx does not. */
  static boolean isFinal(int status) {
    return status >= FIRST && status <= LAST;
  }

  /** Whether a body may follow it. */
  static boolean hasBody(int status) {
    return status != NO_CONTENT && status != NOT_MODIFIED;
  }
}

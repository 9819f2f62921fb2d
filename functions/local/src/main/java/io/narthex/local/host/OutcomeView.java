package io.narthex.local.host;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;

/** Shows people or machines what becomes of uploads, and who was refused a read. */
public interface OutcomeView {
  /** Shows one outcome, if it is worth a line. */
  void show(Outcome outcome, long elapsedMs);

  /** Shows that an event failed and will come again. */
  void showFailure(String reason);

  /**
   * Shows that the bucket policy did not let somebody read by the cache URL.
   *
   * @param status that the caller got, 403 or 404
   */
  void showDenied(Denial denial, int status, String requestId);

  /** Shows that somebody came to the cache URL with credentials that are no good. */
  void showUnauthenticated(Refused refused, String requestId);
}

package io.narthex.serve;

import io.narthex.cache.login.Issuance;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;

/** Hears what of the function's work somebody may have to look at. */
public interface ServeLog {
  /**
   * The bucket policy did not let a caller read.
   *
   * @param status that the caller got, 403 or 404
   */
  void denied(Denial denial, int status, String requestId);

  /** Somebody came with credentials that are no good. */
  void unauthenticated(Refused refused, String requestId);

  /**
   * Somebody asked for a token; the line says what came of it, and to whom. A host that is its
   * user's own need not.
   *
   * @param path where it was asked for
   */
  default void issuance(String path, Issuance issuance, String requestId) {}

  /** Nobody can log in, for this reason. */
  default void stsUnavailable(String reason, String requestId) {}

  /** The bucket policy is missing, or not understood in every part. */
  void policyNotUnderstood(String reason);

  /**
   * What the snapshot does not hold for this reason: the first requests after a restore are slower.
   */
  void notPrimed(String reason);
}

package io.narthex.serve;

import io.narthex.cache.read.Answer;

/** Hears what of the function's work somebody may have to look at. */
public interface ServeLog {
  /**
   * The bucket policy did not let a caller read.
   *
   * @param rawPath as it was asked for, without the query
   */
  void denied(String method, String rawPath, Answer refusal, String requestId);

  /** The bucket policy is missing, or not understood in every part. */
  void policyNotUnderstood(String reason);

  /**
   * What the snapshot does not hold for this reason: the first requests after a restore are slower.
   */
  void notPrimed(String reason);
}

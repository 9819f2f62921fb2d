package io.narthex.validate;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.store.ObjectKey;

/** Hears what the function did. */
public interface ValidateLog {
  /** A key was looked at, and this is one of the things it came to. */
  void looked(ObjectKey key, Outcome outcome, Effort effort, String requestId);

  /**
   * What is due every few minutes was done.
   *
   * @param keys that will be looked at for it
   */
  void swept(int keys, String requestId);

  /** A message failed and will come again. */
  void failed(String messageId, Exception e, String requestId);

  /**
   * What the snapshot does not hold for this reason: the first uploads after a restore take longer.
   */
  void notPrimed(String reason);
}

package io.narthex.local.host;

import io.narthex.cache.admission.Outcome;

/** Shows people or machines what becomes of uploads. */
public interface OutcomeView {
  /** Shows one outcome, if it is worth a line. */
  void show(Outcome outcome, long elapsedMs);

  /** Shows that an event failed and will come again. */
  void showFailure(String reason);
}

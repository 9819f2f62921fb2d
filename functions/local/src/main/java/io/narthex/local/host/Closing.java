package io.narthex.local.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Stops one part so that the others are stopped too, whatever it says. */
final class Closing {
  private static final Logger LOG = System.getLogger("narthex");

  private Closing() {}

  @SuppressWarnings("CatchingUnchecked") // one part's trouble must not keep the others running
  static void quietly(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "stopping " + part.getClass().getSimpleName(), e);
    }
  }
}

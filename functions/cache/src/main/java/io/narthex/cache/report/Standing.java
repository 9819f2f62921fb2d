package io.narthex.cache.report;

import java.util.Arrays;
import java.util.Optional;

/** How a store path stands in the cache, by its report. */
public enum Standing {
  VERIFIED("verified"),
  WAITING("waiting"),
  REJECTED("rejected"),
  /** Once judged, and no longer there. */
  REMOVED("removed");

  private final String label;

  Standing(String label) {
    this.label = label;
  }

  static Optional<Standing> labelled(String label) {
    return Arrays.stream(values()).filter(s -> s.label.equals(label)).findFirst();
  }

  @Override
  public String toString() {
    return label;
  }
}

package io.narthex.policy;

import java.util.List;

/**
 * What a statement lets do or forbids.
 *
 * @param negated whether the element is {@code NotAction}: every action that no pattern matches
 * @param patterns at least one
 */
public record ActionElement(boolean negated, List<ActionPattern> patterns) {
  public ActionElement {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("no action");
    }
  }
}

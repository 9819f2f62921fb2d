package io.narthex.policy;

import java.util.List;

/**
 * What a statement is about.
 *
 * @param negated whether the element is {@code NotResource}: every resource that no pattern matches
 * @param patterns at least one
 */
public record ResourceElement(boolean negated, List<ResourcePattern> patterns) {
  public ResourceElement {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("no resource");
    }
  }

  /** Whether two objects of a bucket may be different to it by their keys. */
  boolean tellsKeysApart() {
    return negated || patterns.stream().anyMatch(ResourcePattern::tellsKeysApart);
  }
}

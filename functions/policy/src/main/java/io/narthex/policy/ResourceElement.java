package io.narthex.policy;

import java.util.List;
import java.util.stream.Stream;

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

  Truth matches(Inquiry inquiry) {
    Truth listed = Truth.any(patterns, p -> p.matches(inquiry));
    return negated ? listed.not() : listed;
  }

  Stream<String> notUnderstood(PolicyVersion version) {
    return patterns.stream().map(ResourcePattern::text).filter(version::isVariable);
  }
}

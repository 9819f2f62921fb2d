package io.narthex.policy;

import static java.util.Objects.requireNonNull;

/**
 * An identity policy and the name that an explanation calls it by.
 *
 * @param name e.g. {@code upload}
 */
public record NamedPolicy(String name, PolicyDocument policy) {
  public NamedPolicy {
    requireNonNull(name, "name is null");
    if (!policy.isIdentityPolicy()) {
      throw new IllegalArgumentException("not an identity policy: " + name);
    }
  }
}

package io.narthex.policy;

import java.util.List;

/**
 * Whom a statement is about.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html">NotPrincipal</a>
 */
public sealed interface PrincipalElement {

  /** {@code Principal}: those that one of the entries names; never empty. */
  record Named(List<PrincipalPattern> patterns) implements PrincipalElement {
    public Named {
      patterns = checked(patterns);
    }
  }

  /**
   * {@code NotPrincipal}: everyone but those whose whole chain is listed, e.g. session, role and
   * account; never empty.
   */
  record AllExcept(List<PrincipalPattern> patterns) implements PrincipalElement {
    public AllExcept {
      patterns = checked(patterns);
    }
  }

  /** No element: the identity that the policy is attached to. */
  record Holder() implements PrincipalElement {}

  /** The entries, in the order of the document; none for the holder. */
  default List<PrincipalPattern> patterns() {
    return List.of();
  }

  private static List<PrincipalPattern> checked(List<PrincipalPattern> patterns) {
    List<PrincipalPattern> copy = List.copyOf(patterns);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("no principal");
    }
    if (copy.size() > 1 && copy.contains(new PrincipalPattern.Everyone())) {
      throw new IllegalArgumentException("* among other principals");
    }
    return copy;
  }
}

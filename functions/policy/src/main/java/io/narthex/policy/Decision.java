package io.narthex.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The answer to an {@link AccessRequest}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public sealed interface Decision {

  /**
   * The request may proceed.
   *
   * @param sid the name of the statement that allowed it, if it has one; empty for an owner's root
   *     user
   */
  record Allow(Optional<String> sid) implements Decision {
    public Allow {
      requireNonNull(sid, "sid is null");
    }
  }

  /**
   * A Deny applies, or may apply for all that is known.
   *
   * @param sid the name of that statement, if it has one
   */
  record ExplicitDeny(Optional<String> sid) implements Decision {
    public ExplicitDeny {
      requireNonNull(sid, "sid is null");
    }
  }

  /** Nothing that is needed for access allows it. */
  record ImplicitDeny() implements Decision {}
}

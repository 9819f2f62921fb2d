package io.narthex.cache.principal;

import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;

/** Principals as people and JSON name them. */
public final class PrincipalText {
  private PrincipalText() {}

  /**
   * The principal of an ARN. The path of a session's role is not in it, and so is not known.
   *
   * @throws IllegalArgumentException if it is not the ARN of an account's root, a user, a role, a
   *     session of a role, or a federated user
   */
  public static Principal parse(String arn) {
    Principal principal =
        Principal.parse(arn)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "not the ARN of a principal, such as arn:aws:iam::123456789012:role/ci"));
    return principal instanceof AssumedRole(String role, var session, boolean _)
            && session.isPresent()
        ? new AssumedRole(role, session, false)
        : principal;
  }

  /** The ARN of a principal, of a session its own; {@code anonymous} for nobody in particular. */
  public static String of(Principal principal) {
    return switch (principal) {
      case Anonymous _ -> "anonymous";
      case AccountRoot root -> root.arn();
      case IamUser user -> user.arn();
      case AssumedRole role -> role.sessionArn().orElse(role.roleArn());
      case FederatedUser user -> user.arn();
    };
  }
}

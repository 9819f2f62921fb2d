package io.narthex.policy;

import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;
import java.util.List;
import java.util.Optional;

/**
 * The condition keys that follow from who the caller is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties">Properties
 *     of the principal</a>
 */
final class PrincipalKeys {
  private PrincipalKeys() {}

  static RequestContext set(Principal principal, RequestContext context) {
    return context.isOfCaller(principal) ? context : added(principal, context);
  }

  private static RequestContext added(Principal principal, RequestContext context) {
    RequestContext.Builder keys =
        context.toBuilder()
            .values("aws:PrincipalArn", arn(principal).stream().toList())
            .values("aws:PrincipalAccount", List.of(principal.accountId().orElse("anonymous")))
            .values("aws:PrincipalType", List.of(type(principal)))
            .values("aws:username", username(principal).stream().toList());
    if (principal instanceof AssumedRole role && !role.isPathKnown()) {
      keys.unknown("aws:PrincipalArn");
    }
    return keys.build().ofCaller(principal);
  }

  // Of a session it is the ARN of the role, not of the session.
  private static Optional<String> arn(Principal principal) {
    return switch (principal) {
      case Anonymous _ -> Optional.empty();
      case AccountRoot root -> Optional.of(root.arn());
      case IamUser user -> Optional.of(user.arn());
      case AssumedRole session -> Optional.of(session.roleArn());
      case FederatedUser user -> Optional.of(user.arn());
    };
  }

  private static String type(Principal principal) {
    return switch (principal) {
      case Anonymous _ -> "Anonymous";
      case AccountRoot _ -> "Account";
      case IamUser _ -> "User";
      case AssumedRole _ -> "AssumedRole";
      case FederatedUser _ -> "FederatedUser";
    };
  }

  private static Optional<String> username(Principal principal) {
    return principal instanceof IamUser user
        ? Arn.parse(user.arn()).map(Arn::name)
        : Optional.empty();
  }
}

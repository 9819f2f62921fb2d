package io.narthex.cache.principal;

import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import io.narthex.policy.Principal.AssumedRole;
import io.narthex.policy.Principal.FederatedUser;
import io.narthex.policy.Principal.IamUser;
import java.util.Optional;

/**
 * The {@code aws:userid} of principals, where it follows from who they are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable">Principal
 *     key values</a>
 */
final class UserIds {
  private UserIds() {}

  /** Empty where it holds an id that only AWS knows. */
  static Optional<String> of(Principal principal) {
    return switch (principal) {
      case Anonymous _ -> Optional.of("anonymous");
      case AccountRoot root -> root.accountId();
      case FederatedUser user -> user.accountId().map(account -> account + ":" + name(user.arn()));
      case IamUser _, AssumedRole _ -> Optional.empty();
    };
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}

package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import java.util.List;

/**
 * Who sent a request.
 *
 * @param principal as policies name it
 * @param identityPolicies attached to the principal
 */
public record Caller(Principal principal, List<PolicyDocument> identityPolicies) {
  /** Somebody without credentials. */
  public static final Caller ANONYMOUS = new Caller(new Principal.Anonymous(), List.of());

  /** Copies the policies. */
  public Caller {
    requireNonNull(principal, "principal");
    identityPolicies = List.copyOf(identityPolicies);
  }

  /** The caller as an error message names it. */
  String displayName() {
    return switch (principal) {
      case Principal.Anonymous() -> "Anonymous";
      case Principal.AccountRoot(String arn) -> arn;
      case Principal.IamUser(String arn) -> arn;
      case Principal.AssumedRole role -> role.sessionArn().orElse(role.roleArn());
      case Principal.FederatedUser(String arn) -> arn;
    };
  }
}

package io.narthex.local.s3.access;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param principal as policies name it
 * @param userId the {@code aws:userid}: an account id, {@code AIDA…}, {@code AROA…:session}, or
 *     {@code anonymous}
 * @param tags of the principal
 * @param identityPolicies attached to the principal
 */
public record Caller(
    Principal principal,
    String userId,
    Map<String, String> tags,
    List<PolicyDocument> identityPolicies) {
  /** Somebody without credentials. */
  public static final Caller ANONYMOUS =
      new Caller(new Principal.Anonymous(), "anonymous", Map.of(), List.of());

  /** Copies tags and policies. */
  public Caller {
    requireNonNull(principal, "principal");
    requireNonNull(userId, "userId");
    tags = Map.copyOf(tags);
    identityPolicies = List.copyOf(identityPolicies);
  }

  /** Whether somebody has signed. */
  public boolean isSigned() {
    return !(principal instanceof Principal.Anonymous);
  }

  /** The ARN that AWS calls the caller by; of a session its own, not its role's. */
  public Optional<String> arn() {
    return switch (principal) {
      case Principal.Anonymous() -> Optional.empty();
      case Principal.AccountRoot(String arn) -> Optional.of(arn);
      case Principal.IamUser(String arn) -> Optional.of(arn);
      case Principal.AssumedRole role -> Optional.of(role.sessionArn().orElse(role.roleArn()));
      case Principal.FederatedUser(String arn) -> Optional.of(arn);
    };
  }

  /** The caller as an error message names it. */
  String displayName() {
    return arn().orElse("Anonymous");
  }
}

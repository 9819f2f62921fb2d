package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.access.Caller;
import io.narthex.policy.NamedPolicy;
import io.narthex.policy.Principal;
import io.narthex.policy.Principal.AssumedRole;
import java.util.List;
import java.util.Map;

/**
 * What a host knows of one of those who act at its endpoint.
 *
 * @param userId what policies see as {@code aws:userid}
 * @param tags what they see as {@code aws:PrincipalTag/…}
 * @param policies its identity policies
 */
public record FoundCaller(String userId, Map<String, String> tags, List<NamedPolicy> policies) {
  public FoundCaller {
    requireNonNull(userId, "userId is null");
    tags = Map.copyOf(tags);
    policies = List.copyOf(policies);
  }

  /** As the endpoint knows it; its policies have its name. */
  static FoundCaller of(Caller caller) {
    String arn = caller.arn().orElse("");
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return new FoundCaller(
        caller.userId(),
        caller.tags(),
        caller.identityPolicies().stream().map(policy -> new NamedPolicy(name, policy)).toList());
  }

  /** Whether who acts here is the one that is meant: of a role, any session of it. */
  static boolean is(Principal meant, Principal known) {
    return meant.equals(known)
        || (meant instanceof AssumedRole role
            && known instanceof AssumedRole session
            && role.roleArn().equals(session.roleArn()));
  }
}

package io.narthex.local.s3.access;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.RequestContext;
import java.util.Optional;
import java.util.function.Function;

/** Asks the policy of the bucket and those of the caller. */
public final class Gate {
  private final String accountId;
  private final Function<String, Optional<PolicyDocument>> bucketPolicies;

  /**
   * A gate to the buckets of one account.
   *
   * @param accountId the owner of every bucket
   * @param bucketPolicies from a bucket's name to its policy, asked anew for each decision
   */
  public Gate(String accountId, Function<String, Optional<PolicyDocument>> bucketPolicies) {
    this.accountId = accountId;
    this.bucketPolicies = bucketPolicies;
  }

  /** Whether the policies allow it, and none denies it. */
  boolean allows(Caller caller, String action, String resource, RequestContext context) {
    AccessRequest request = new AccessRequest(caller.principal(), action, resource, context);
    Optional<PolicyDocument> bucketPolicy =
        Optional.of(bucket(resource)).filter(b -> !b.equals("*")).flatMap(bucketPolicies);
    Decision decision =
        Authorizer.decide(bucketPolicy, accountId, caller.identityPolicies(), request);
    return switch (decision) {
      case Decision.Allow allow -> true;
      case Decision.ExplicitDeny deny -> false;
      case Decision.ImplicitDeny deny -> false;
    };
  }

  private static String bucket(String resource) {
    String path = resource.substring("arn:aws:s3:::".length());
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}

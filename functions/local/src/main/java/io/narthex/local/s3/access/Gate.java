package io.narthex.local.s3.access;

import io.narthex.policy.AccessRequest;
import io.narthex.policy.Authorizer;
import io.narthex.policy.Decision;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import io.narthex.policy.RequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks the policy of the bucket and those of the caller. */
public final class Gate {
  private static final String BUCKETS = "arn:aws:s3:::";
  private static final String NO_BUCKET = "*";

  /** What the owner's root user may do even where a policy locks it out, so that it is repaired. */
  private static final Set<String> REPAIR =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  private final String accountId;
  private final Function<String, BucketRules> buckets;

  /**
   * A gate to the buckets of one account.
   *
   * @param accountId the owner of every bucket
   * @param buckets from a bucket's name to its rules, asked anew for each decision
   */
  public Gate(String accountId, Function<String, BucketRules> buckets) {
    this.accountId = accountId;
    this.buckets = buckets;
  }

  /** Whether the policies allow it, and none denies it. */
  boolean allows(Caller caller, String action, String resource, RequestContext context) {
    if (isOwner(caller.principal()) && REPAIR.contains(action)) {
      return true;
    }
    String bucket = bucket(resource);
    BucketRules rules = bucket.equals(NO_BUCKET) ? BucketRules.NONE : buckets.apply(bucket);
    AccessRequest request = new AccessRequest(caller.principal(), action, resource, context);
    return switch (rules.policy()) {
      case BucketPolicy.None _ -> decide(Optional.empty(), caller, request);
      case BucketPolicy.NotUnderstood _ -> false;
      case BucketPolicy.Understood policy ->
          !isShutOut(caller, policy, rules.block())
              && decide(Optional.of(policy.document()), caller, request);
    };
  }

  private boolean decide(Optional<PolicyDocument> policy, Caller caller, AccessRequest request) {
    return switch (Authorizer.decide(policy, accountId, caller.identityPolicies(), request)) {
      case Decision.Allow _ -> true;
      case Decision.ExplicitDeny _, Decision.ImplicitDeny _ -> false;
    };
  }

  private boolean isShutOut(
      Caller caller, BucketPolicy.Understood policy, PublicAccessBlock block) {
    return block.restrictPublicBuckets()
        && policy.isPublic()
        && !caller.principal().accountId().equals(Optional.of(accountId));
  }

  private boolean isOwner(Principal principal) {
    return principal instanceof Principal.AccountRoot
        && principal.accountId().equals(Optional.of(accountId));
  }

  private static String bucket(String resource) {
    String path = resource.substring(BUCKETS.length());
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}

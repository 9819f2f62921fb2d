package io.narthex.policy;

import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import java.util.List;
import java.util.Optional;

/**
 * Decides on requests as S3 does: an explicit Deny wins over any Allow, and without an Allow there
 * is no access. What is unknown or not understood never allows and always denies.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class Authorizer {
  private Authorizer() {}

  /**
   * Decides. In the bucket's own account an Allow of the bucket policy or of an identity policy
   * suffices, and the root user needs none; a caller of another account needs both. Where the
   * bucket policy names only the caller's account, the identity policies decide. The anonymous
   * caller has the bucket policy only, and identity policies are not looked at.
   *
   * @param bucketPolicy the policy of the bucket, if it has one
   * @param bucketAccount the 12-digit id of the account that owns the bucket
   * @param identityPolicies the policies attached to the caller
   * @param request what is asked
   * @throws IllegalArgumentException if a bucket policy stands in the place of an identity policy,
   *     or the reverse
   */
  public static Decision decide(
      Optional<PolicyDocument> bucketPolicy,
      String bucketAccount,
      List<PolicyDocument> identityPolicies,
      AccessRequest request) {
    return decide(bucketPolicy, bucketAccount, identityPolicies, request, CanonicalUsers.none());
  }

  /**
   * Decides as {@link #decide(Optional, String, List, AccessRequest)}, with canonical users treated
   * as the accounts that they stand for.
   *
   * @param canonicalUsers what is known of them; statements about others are indeterminate
   * @throws IllegalArgumentException if a bucket policy stands in the place of an identity policy,
   *     or the reverse
   */
  public static Decision decide(
      Optional<PolicyDocument> bucketPolicy,
      String bucketAccount,
      List<PolicyDocument> identityPolicies,
      AccessRequest request,
      CanonicalUsers canonicalUsers) {
    return decide(
        bucketPolicy,
        bucketAccount,
        identityPolicies,
        new Inquiry(request, canonicalUsers),
        Doubt.REFUSES);
  }

  /**
   * Whether the request could be allowed, whatever turned out of what is unknown of it. Where this
   * says no, {@link #decide(Optional, String, List, AccessRequest, CanonicalUsers)} never allows.
   *
   * @throws IllegalArgumentException if a bucket policy stands in the place of an identity policy,
   *     or the reverse
   */
  public static boolean couldAllow(
      Optional<PolicyDocument> bucketPolicy,
      String bucketAccount,
      List<PolicyDocument> identityPolicies,
      AccessRequest request,
      CanonicalUsers canonicalUsers) {
    return decide(
            bucketPolicy,
            bucketAccount,
            identityPolicies,
            new Inquiry(request, canonicalUsers),
            Doubt.ALLOWS)
        instanceof Allow;
  }

  private static Decision decide(
      Optional<PolicyDocument> bucketPolicy,
      String bucketAccount,
      List<PolicyDocument> identityPolicies,
      Inquiry asked,
      Doubt doubt) {
    if (!Arn.isAccountId(bucketAccount)
        || bucketPolicy.filter(PolicyDocument::isIdentityPolicy).isPresent()
        || !areIdentityPolicies(identityPolicies)) {
      throw new IllegalArgumentException("not an account id, or a policy of the other kind");
    }
    Principal caller = asked.caller();
    var bucket = new Applying(doubt);
    bucketPolicy.ifPresent(policy -> bucket.add(policy, asked));
    var identity = new Applying(doubt);
    if (!(caller instanceof Anonymous)) {
      identityPolicies.forEach(policy -> identity.add(policy, asked));
    }
    Optional<StatementMatcher> deny = bucket.deny().or(identity::deny);
    if (deny.isPresent()) {
      return new ExplicitDeny(deny.get().statement().sid());
    }
    if (!isAllowed(bucket, identity, asked.isOfAccount(bucketAccount), caller)) {
      return new ImplicitDeny();
    }
    return new Allow(
        bucket.allow().or(identity::allow).flatMap(allowing -> allowing.statement().sid()));
  }

  private static boolean areIdentityPolicies(List<PolicyDocument> policies) {
    for (int i = 0; i < policies.size(); i++) {
      if (!policies.get(i).isIdentityPolicy()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Decides as {@link #decide(Optional, String, List, AccessRequest, CanonicalUsers)} and says why,
   * which is slow.
   *
   * @throws IllegalArgumentException if an identity policy stands in the place of the bucket policy
   */
  public static Explanation explain(
      Optional<PolicyDocument> bucketPolicy,
      String bucketAccount,
      List<NamedPolicy> identityPolicies,
      AccessRequest request,
      CanonicalUsers canonicalUsers) {
    List<PolicyDocument> policies = identityPolicies.stream().map(NamedPolicy::policy).toList();
    Decision decision = decide(bucketPolicy, bucketAccount, policies, request, canonicalUsers);
    var asked = new Inquiry(request, canonicalUsers);
    return new Explainer(bucketPolicy, identityPolicies, asked)
        .explain(decision, asked.isOfAccount(bucketAccount));
  }

  private static boolean isAllowed(
      Applying bucket, Applying identity, boolean sameAccount, Principal caller) {
    if (caller instanceof Anonymous) {
      return bucket.isDirectlyAllowed();
    }
    // The root user can do anything in its account, and needs no policy for its side of the
    // bargain.
    boolean identitySide = caller instanceof AccountRoot || identity.allow().isPresent();
    return sameAccount
        ? bucket.isDirectlyAllowed() || identitySide
        : bucket.allow().isPresent() && identitySide;
  }

  /** Of the statements that apply to a request, the first of each effect. */
  private static final class Applying {
    private final Doubt doubt;
    private Optional<StatementMatcher> deny = Optional.empty();
    private Optional<StatementMatcher> allow = Optional.empty();
    private boolean directlyAllowed;

    Applying(Doubt doubt) {
      this.doubt = doubt;
    }

    void add(PolicyDocument document, Inquiry asked) {
      List<StatementMatcher> matchers = document.matchers();
      for (int i = 0; i < matchers.size(); i++) {
        add(matchers.get(i), asked);
      }
    }

    private void add(StatementMatcher matcher, Inquiry asked) {
      // No other Deny denies more, and no other Allow allows more than one for the caller itself.
      switch (matcher.statement().effect()) {
        case DENY -> {
          if (deny.isEmpty() && applies(matcher, asked)) {
            deny = Optional.of(matcher);
          }
        }
        case ALLOW -> {
          if (!directlyAllowed && applies(matcher, asked)) {
            directlyAllowed = matcher.principals(asked) != PrincipalMatch.ACCOUNT;
            allow = directlyAllowed || allow.isEmpty() ? Optional.of(matcher) : allow;
          }
        }
      }
    }

    private boolean applies(StatementMatcher matcher, Inquiry asked) {
      return doubt.applies(matcher.statement().effect(), matcher.applies(asked));
    }

    Optional<StatementMatcher> deny() {
      return deny;
    }

    /** The first Allow that names the caller itself or everyone, else the first. */
    Optional<StatementMatcher> allow() {
      return allow;
    }

    /** Whether an Allow names the caller itself or everyone, not only the caller's account. */
    boolean isDirectlyAllowed() {
      return directlyAllowed;
    }
  }
}

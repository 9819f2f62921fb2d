package io.narthex.policy;

import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import io.narthex.policy.Principal.AccountRoot;
import io.narthex.policy.Principal.Anonymous;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    if (!Arn.isAccountId(bucketAccount)
        || bucketPolicy.filter(PolicyDocument::isIdentityPolicy).isPresent()
        || !identityPolicies.stream().allMatch(PolicyDocument::isIdentityPolicy)) {
      throw new IllegalArgumentException("not an account id, or a policy of the other kind");
    }
    boolean anonymous = request.principal() instanceof Anonymous;
    Applying bucket = Applying.of(bucketPolicy.stream().toList(), request);
    Applying identity = Applying.of(anonymous ? List.of() : identityPolicies, request);
    Optional<Statement> deny =
        Stream.concat(bucket.denies().stream(), identity.denies().stream()).findFirst();
    if (deny.isPresent()) {
      return new ExplicitDeny(deny.get().sid());
    }
    boolean sameAccount = request.principal().accountId().equals(Optional.of(bucketAccount));
    if (!isAllowed(bucket, identity, sameAccount, request.principal())) {
      return new ImplicitDeny();
    }
    Optional<Statement> allow =
        Stream.concat(bucket.allows().stream(), identity.allows().stream()).findFirst();
    return new Allow(allow.flatMap(Statement::sid));
  }

  private static boolean isAllowed(
      Applying bucket, Applying identity, boolean sameAccount, Principal caller) {
    boolean direct = bucket.directAllow(caller).isPresent();
    if (caller instanceof Anonymous) {
      return direct;
    }
    // The root user can do anything in its account, and needs no policy for its side of the
    // bargain.
    boolean identitySide = caller instanceof AccountRoot || !identity.allows().isEmpty();
    return sameAccount ? direct || identitySide : !bucket.allows().isEmpty() && identitySide;
  }

  /** The statements that apply to a request, by effect. */
  private record Applying(List<Statement> denies, List<Statement> allows) {

    static Applying of(List<PolicyDocument> documents, AccessRequest request) {
      List<Statement> denies = new ArrayList<>();
      List<Statement> allows = new ArrayList<>();
      for (PolicyDocument document : documents) {
        Inquiry inquiry = new Inquiry(request, document.version());
        for (Statement statement : document.statements()) {
          Truth applies = statement.applies(inquiry);
          switch (statement.effect()) {
            case DENY -> addIf(applies != Truth.FALSE, denies, statement);
            case ALLOW -> addIf(applies == Truth.TRUE, allows, statement);
          }
        }
      }
      return new Applying(denies, allows);
    }

    private static void addIf(boolean applies, List<Statement> statements, Statement statement) {
      if (applies) {
        statements.add(statement);
      }
    }

    /** An Allow that names the caller itself or everyone, not only the caller's account. */
    Optional<Statement> directAllow(Principal caller) {
      return allows.stream()
          .filter(s -> PrincipalMatch.of(s.principals(), caller) == PrincipalMatch.DIRECT)
          .findFirst();
    }
  }
}

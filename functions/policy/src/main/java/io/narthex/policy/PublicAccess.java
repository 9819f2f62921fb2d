package io.narthex.policy;

import io.narthex.policy.ConditionOperator.Compare;
import io.narthex.policy.ConditionOperator.NotUnderstood;
import io.narthex.policy.ConditionOperator.Null;
import io.narthex.policy.PrincipalPattern.Everyone;
import java.util.List;
import java.util.Set;

/**
 * Whether a bucket policy is public as Block Public Access means it. AWS takes a policy for public
 * and looks for the reason why it is not: every Allow is about named principals, or is held to
 * fixed values (without wildcard, without variable) of a key that it lists. Where the page leaves a
 * doubt the policy is public here: a Deny does not take back what an Allow gives, a value that any
 * caller can have ({@code anonymous}) limits nobody, and neither does what holds of an absent key
 * ({@code IfExists}, {@code ForAllValues}, negated operators).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">The
 *     meaning of "public"</a>
 */
public final class PublicAccess {
  private static final int BROADEST_V4_BITS = 8;
  private static final int BROADEST_V6_BITS = 32;
  private static final int ARN_SEGMENTS = 6;

  /** The keys of the page whose values are names, in lower case. */
  private static final Set<String> NAMES =
      Set.of(
          "aws:principalorgid",
          "aws:principalarn",
          "aws:sourcearn",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner");

  private static final Set<String> ACCOUNTS =
      Set.of("aws:principalaccount", "aws:sourceaccount", "s3:dataaccesspointaccount");

  private static final Set<Comparison> OF_NAMES =
      Set.of(
          Comparison.STRING_EQUALS,
          Comparison.STRING_EQUALS_IGNORE_CASE,
          Comparison.STRING_LIKE,
          Comparison.ARN_EQUALS,
          Comparison.ARN_LIKE);

  private PublicAccess() {}

  /**
   * Whether one of the policy's grants is public, and with it the whole policy.
   *
   * @throws IllegalArgumentException if it is an identity policy
   */
  public static boolean isPublic(PolicyDocument bucketPolicy) {
    if (bucketPolicy.isIdentityPolicy()) {
      throw new IllegalArgumentException("an identity policy is not about everyone");
    }
    return bucketPolicy.statements().stream().anyMatch(PublicAccess::isPublic);
  }

  /** Whether the statement is a public grant. */
  static boolean isPublic(Statement statement) {
    return statement.effect() == Effect.ALLOW
        && !isOfNamed(statement.principals())
        && statement.conditions().stream().noneMatch(PublicAccess::limits);
  }

  private static boolean isOfNamed(PrincipalElement principals) {
    return switch (principals) {
      case PrincipalElement.Named(List<PrincipalPattern> patterns) ->
          !patterns.contains(new Everyone());
      case PrincipalElement.AllExcept _ -> false;
      case PrincipalElement.Holder _ -> true;
    };
  }

  private static boolean limits(Condition condition) {
    return switch (condition.operator()) {
      case Compare(Quantifier quantifier, Comparison comparison, boolean ifExists) ->
          !ifExists
              && quantifier != Quantifier.FOR_ALL_VALUES
              && condition.operands().stream()
                  .allMatch(
                      operand ->
                          isFixed(RequestContext.canonical(condition.key()), comparison, operand));
      case Null _, NotUnderstood _ -> false;
    };
  }

  private static boolean isFixed(String key, Comparison comparison, String operand) {
    if (key.equals("aws:sourceip")) {
      return comparison == Comparison.IP_ADDRESS && isNarrow(operand);
    }
    if (!OF_NAMES.contains(comparison)) {
      return false;
    }
    if (key.equals("s3:dataaccesspointarn")) {
      return isOfOneAccount(operand);
    }
    if (key.equals("aws:userid")) {
      return isFixed(operand) && !operand.equals("anonymous") && !isSessionOfRole(operand);
    }
    return ACCOUNTS.contains(key)
        ? Arn.isAccountId(operand)
        : NAMES.contains(key) && isFixed(operand);
  }

  private static boolean isNarrow(String operand) {
    return IpRange.parse(operand)
        .filter(range -> range.isNoBroaderThan(BROADEST_V4_BITS, BROADEST_V6_BITS))
        .isPresent();
  }

  private static boolean isFixed(String operand) {
    return !operand.isEmpty()
        && operand.indexOf('*') < 0
        && operand.indexOf('?') < 0
        && !operand.contains("${");
  }

  // "Outside the pattern AROLEID:*": whether the page means the wildcard or every session of a role
  // it does not say.
  private static boolean isSessionOfRole(String userId) {
    return userId.startsWith("AROA") && userId.indexOf(':') >= 0;
  }

  // Of access points the name may be a wildcard, as long as the account is fixed.
  private static boolean isOfOneAccount(String accessPoint) {
    if (accessPoint.contains("${") || !ArnTemplate.isArn(accessPoint)) {
      return false;
    }
    int from = 0;
    for (int i = 0; i < ARN_SEGMENTS - 1; i++) {
      int colon = accessPoint.indexOf(':', from);
      if (!isFixed(accessPoint.substring(from, colon))) {
        return false;
      }
      from = colon + 1;
    }
    String account = accessPoint.substring(accessPoint.lastIndexOf(':', from - 2) + 1, from - 1);
    return Arn.isAccountId(account) && accessPoint.startsWith("accesspoint/", from);
  }
}

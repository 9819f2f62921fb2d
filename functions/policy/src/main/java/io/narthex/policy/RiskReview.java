package io.narthex.policy;

import io.narthex.policy.ConditionOperator.Compare;
import io.narthex.policy.PrincipalPattern.Everyone;
import io.narthex.policy.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What S3 accepts and an author may not have meant. */
final class RiskReview {
  private static final String VERDICT = "s3:existingobjecttag/nix-verdict";
  private static final List<String> VERIFIED = List.of("verified");
  private static final Set<String> READS = Set.of("s3:getobject", "s3:getobjectversion");
  private static final Set<String> GUARDED =
      Set.of(
          "s3:putobjecttagging",
          "s3:putobjectversiontagging",
          "s3:deleteobjecttagging",
          "s3:deleteobjectversiontagging",
          "s3:putbucketpolicy",
          "s3:deletebucketpolicy");

  private final ReviewedStatement subject;
  private final List<Remark> remarks = new ArrayList<>();

  private RiskReview(ReviewedStatement subject) {
    this.subject = subject;
  }

  static List<Remark> of(ReviewedStatement subject) {
    var review = new RiskReview(subject);
    review.principals();
    if (subject.statement().effect() == Effect.ALLOW) {
      review.grant();
    }
    review.conditions();
    review.variables();
    return review.remarks;
  }

  private void principals() {
    Statement statement = subject.statement();
    if (statement.principals() instanceof PrincipalElement.AllExcept) {
      warn(
          "NotPrincipal",
          "exempt is only who is listed at every level: a session with its role and its account, a"
              + " user with its account; ArnNotEquals with aws:PrincipalArn says it more safely");
    }
    if (PublicAccess.isPublic(statement)) {
      warn(
          "Principal",
          "public in AWS's sense: Block Public Access, which new buckets have, refuses or restricts"
              + " the policy");
    }
  }

  private void grant() {
    Statement statement = subject.statement();
    String action = statement.actions().negated() ? "NotAction" : "Action";
    if (READS.stream().anyMatch(subject::isAbout)
        && statement.conditions().stream().noneMatch(RiskReview::isVerified)) {
      warn(
          action,
          "lets read objects that are not tagged nix-verdict=verified: readers of s3:// see what"
              + " nobody has verified");
    }
    if (statement.principals().patterns().contains(new Everyone())) {
      GUARDED.stream()
          .sorted()
          .filter(subject::isAbout)
          .findFirst()
          .ifPresent(
              first -> warn(action, "lets everyone change tags or the policy itself: " + first));
    }
  }

  private static boolean isVerified(Condition condition) {
    return condition.operator()
            instanceof Compare(Quantifier quantifier, Comparison comparison, boolean ifExists)
        && quantifier != Quantifier.FOR_ALL_VALUES
        && (comparison == Comparison.STRING_EQUALS || comparison == Comparison.STRING_LIKE)
        && !ifExists
        && RequestContext.canonical(condition.key()).equals(VERDICT)
        && condition.operands().equals(VERIFIED);
  }

  private void conditions() {
    Statement statement = subject.statement();
    for (Condition condition : statement.conditions()) {
      if (!(condition.operator() instanceof Compare(Quantifier quantifier, var comparison, _))) {
        continue;
      }
      if (quantifier == Quantifier.FOR_ALL_VALUES && statement.effect() == Effect.ALLOW) {
        remark(
            subject.where(condition),
            "ForAllValues holds for a request that does not have the key: the Allow is open to it");
      }
      boolean variables = subject.policy().version().hasVariables();
      condition.operands().stream()
          .filter(operand -> comparison.operand(operand, variables).isEmpty())
          .forEach(
              operand ->
                  remark(subject.where(condition), "not an ARN, and so indeterminate: " + operand));
    }
  }

  private void variables() {
    Statement statement = subject.statement();
    Stream<String> texts =
        Stream.concat(
            statement.resources().patterns().stream().map(ResourcePattern::text),
            statement.conditions().stream().flatMap(condition -> condition.operands().stream()));
    if (!subject.policy().version().hasVariables()) {
      texts
          .filter(text -> text.contains("${"))
          .findFirst()
          .ifPresent(
              text ->
                  remark("Version", "without \"2012-10-17\" a variable is literal text: " + text));
    }
  }

  private void warn(String element, String message) {
    remark(subject.where(element), message);
  }

  private void remark(String where, String message) {
    remarks.add(new Remark(Kind.RISKY, where, message));
  }
}

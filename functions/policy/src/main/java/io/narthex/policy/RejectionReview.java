package io.narthex.policy;

import io.narthex.policy.ConditionOperator.NotUnderstood;
import io.narthex.policy.Remark.Kind;
import io.narthex.policy.S3Action.About;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What PutBucketPolicy refuses in a statement that is well formed, with its own messages. */
final class RejectionReview {
  private static final int SEGMENTS = 6;

  private final ReviewedStatement subject;
  private final List<Remark> remarks = new ArrayList<>();

  private RejectionReview(ReviewedStatement subject) {
    this.subject = subject;
  }

  static List<Remark> of(ReviewedStatement subject, Optional<String> bucket) {
    var review = new RejectionReview(subject);
    review.actions();
    bucket.ifPresent(review::bucket);
    review.conditions();
    return review.remarks;
  }

  private void actions() {
    ActionElement element = subject.statement().actions();
    Set<About> about = about();
    for (int i = 0; i < element.patterns().size(); i++) {
      ActionPattern pattern = element.patterns().get(i);
      List<S3Action> matched =
          S3Action.all().stream()
              .filter(action -> ReviewedStatement.matches(pattern, action))
              .toList();
      String where =
          subject.where(element.negated() ? "NotAction" : "Action", i, element.patterns().size());
      if (matched.isEmpty()) {
        reject(where, "Policy has invalid action");
      } else if (!element.negated()
          && matched.stream().noneMatch(action -> about.contains(action.about()))) {
        reject(where, "Action does not apply to any resource(s) in statement");
      }
    }
  }

  private Set<About> about() {
    ResourceElement element = subject.statement().resources();
    Set<About> about = EnumSet.noneOf(About.class);
    for (ResourcePattern pattern : element.patterns()) {
      String path = path(pattern);
      boolean isOpen = path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.contains("${");
      if (element.negated() || isOpen || path.indexOf('/') >= 0) {
        about.add(About.OBJECT);
      }
      if (element.negated() || path.indexOf('/') < 0) {
        about.add(About.BUCKET);
      }
    }
    return about;
  }

  /** Bucket and key, or a pattern of them. */
  private static String path(ResourcePattern pattern) {
    return pattern.text().equals("*")
        ? "*"
        : Characters.parts(pattern.text(), ':', SEGMENTS).getLast();
  }

  private void bucket(String bucket) {
    ResourceElement element = subject.statement().resources();
    for (int i = 0; i < element.patterns().size(); i++) {
      if (!isOn(bucket, path(element.patterns().get(i)))) {
        reject(
            subject.where(
                element.negated() ? "NotResource" : "Resource", i, element.patterns().size()),
            "Policy has invalid resource");
      }
    }
  }

  /** S3 takes the bucket, its objects, and patterns that begin with its whole name. */
  private static boolean isOn(String bucket, String path) {
    String rest = path.startsWith(bucket) ? path.substring(bucket.length()) : "-";
    return rest.isEmpty() || rest.startsWith("/") || rest.startsWith("*");
  }

  private void conditions() {
    for (Condition condition : subject.statement().conditions()) {
      String key = RequestContext.canonical(condition.key());
      if (condition.operator() instanceof NotUnderstood(String text)) {
        reject(subject.where("Condition." + text), "Invalid Condition type : " + text);
      } else if (!ConditionKeys.isKnown(key)) {
        reject(subject.where(condition), "Policy has an invalid condition key");
      } else if (!subject.actions().isEmpty()
          && subject.actions().stream().noneMatch(action -> action.canHave(key))) {
        reject(
            subject.where(condition),
            "Conditions do not apply to combination of actions and resources in statement");
      }
    }
  }

  private void reject(String where, String message) {
    remarks.add(new Remark(Kind.REJECTED, where, message));
  }
}

package io.narthex.policy;

import static java.util.Objects.requireNonNullElse;

import io.narthex.policy.Remark.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a bucket policy as a reviewer: what S3 would refuse, what is risky, and what Narthex's own
 * door cannot know. What a bucket has already is loaded by {@link PolicyDocument#parse}, which is
 * more lenient: S3 has accepted it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html">PutBucketPolicy</a>
 */
public final class PolicyReview {
  private PolicyReview() {}

  /**
   * What there is to say about the text of a bucket policy, by statement.
   *
   * @param bucket the name of the bucket that it is meant for
   */
  public static List<Remark> of(String json, Optional<String> bucket) {
    PolicyDocument policy;
    try {
      policy = PolicyDocument.parse(json);
    } catch (MalformedPolicyException e) {
      return List.of(new Remark(Kind.REJECTED, e.where(), requireNonNullElse(e.getMessage(), "")));
    }
    return of(policy, bucket);
  }

  private static List<Remark> of(PolicyDocument policy, Optional<String> bucket) {
    List<Remark> remarks = new ArrayList<>();
    Set<String> sids = new HashSet<>();
    for (int i = 0; i < policy.statements().size(); i++) {
      var subject = new ReviewedStatement(policy, i);
      remarks.addAll(RejectionReview.of(subject, bucket));
      remarks.addAll(RiskReview.of(subject));
      remarks.addAll(KnowledgeReview.of(subject));
      Optional<String> sid = subject.statement().sid();
      if (sid.isPresent() && !sids.add(sid.get())) {
        remarks.add(
            new Remark(
                Kind.RISKY,
                subject.where("Sid"),
                "another statement has this name: logs cannot tell them apart"));
      }
    }
    return List.copyOf(remarks);
  }
}

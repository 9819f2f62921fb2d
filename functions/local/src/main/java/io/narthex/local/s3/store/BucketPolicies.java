package io.narthex.local.s3.store;

import io.narthex.local.s3.access.BucketPolicy;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.PolicyReview;
import io.narthex.policy.PublicAccess;
import io.narthex.policy.Remark;
import io.narthex.policy.ResourcePattern;
import java.util.Optional;

/** From the text of a bucket policy to what is decided by. */
final class BucketPolicies {
  private static final String BUCKETS = "arn:aws:s3:::";

  private BucketPolicies() {}

  /** Reads a policy that a bucket has; what cannot be understood is not left out. */
  static BucketPolicy stored(String json) {
    try {
      return understood(json, PolicyDocument.parse(json));
    } catch (MalformedPolicyException e) {
      return new BucketPolicy.NotUnderstood(json);
    }
  }

  /**
   * Reads a policy that a bucket is to have; refuses what S3 refuses, with its messages. A policy
   * that is there already is not reviewed: keys and actions come and go between versions.
   */
  static BucketPolicy.Understood sent(String bucket, String json) {
    rejection(bucket, json)
        .ifPresent(
            message -> {
              throw malformed(message);
            });
    try {
      PolicyDocument document = PolicyDocument.parse(json);
      if (!isOfOurPartition(document)) {
        throw malformed("Policy has invalid resource");
      }
      return understood(json, document);
    } catch (MalformedPolicyException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> rejection(String bucket, String json) {
    return PolicyReview.of(json, Optional.of(bucket)).stream()
        .filter(remark -> remark.kind() == Remark.Kind.REJECTED)
        .map(Remark::message)
        .findFirst();
  }

  private static BucketPolicy.Understood understood(String json, PolicyDocument document) {
    return new BucketPolicy.Understood(json, document, PublicAccess.isPublic(document));
  }

  /** The review has seen that all are of the bucket, in whatever partition. */
  private static boolean isOfOurPartition(PolicyDocument document) {
    return document.statements().stream()
        .flatMap(statement -> statement.resources().patterns().stream())
        .map(ResourcePattern::text)
        .allMatch(resource -> resource.startsWith(BUCKETS));
  }

  private static S3Refusal malformed(String message) {
    return new S3Refusal(400, "MalformedPolicy", message);
  }
}

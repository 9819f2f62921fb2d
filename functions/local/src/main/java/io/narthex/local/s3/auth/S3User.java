package io.narthex.local.s3.auth;

import static java.util.Objects.requireNonNull;

import io.narthex.policy.PolicyDocument;
import java.util.List;

/**
 * One access key of the embedded endpoint.
 *
 * @param accessKeyId the key id that signatures name
 * @param secret the key itself
 * @param principalArn the IAM user or role session it stands for, e.g. {@code
 *     arn:aws:iam::111122223333:user/cache-upload}
 * @param identityPolicies what IAM would have attached to that principal; empty means that only bucket policies grant
 */
public record S3User(
    String accessKeyId, SecretKey secret, String principalArn, List<PolicyDocument> identityPolicies) {

  /** Refuses an empty access key id. */
  public S3User {
    requireNonNull(secret, "secret");
    requireNonNull(principalArn, "principalArn");
    identityPolicies = List.copyOf(identityPolicies);
    if (accessKeyId.isEmpty()) {
      throw new IllegalArgumentException("empty access key id");
    }
  }
}

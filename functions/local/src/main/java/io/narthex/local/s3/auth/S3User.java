package io.narthex.local.s3.auth;

import static java.util.Objects.requireNonNull;

import io.narthex.local.s3.access.Caller;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import java.util.List;
import java.util.Map;

/**
 * One access key of the embedded endpoint, and whom it stands for.
 *
 * @param accessKeyId the key id that signatures name
 * @param secret the key itself
 * @param principalArn the root user, IAM user or role session (of a role without a path) it stands
 *     for, e.g. {@code arn:aws:iam::111122223333:user/cache-upload}
 * @param userId what policies know as {@code aws:userid}
 * @param tags of the principal
 * @param identityPolicies what IAM would have attached to that principal; empty means that only
 *     bucket policies grant
 */
public record S3User(
    String accessKeyId,
    SecretKey secret,
    String principalArn,
    String userId,
    Map<String, String> tags,
    List<PolicyDocument> identityPolicies) {

  /**
   * Refuses an empty access key id, and an ARN that is not of a root user, an IAM user or a role
   * session.
   */
  public S3User {
    requireNonNull(secret, "secret");
    requireNonNull(principalArn, "principalArn");
    requireNonNull(userId, "userId");
    tags = Map.copyOf(tags);
    identityPolicies = List.copyOf(identityPolicies);
    if (accessKeyId.isEmpty()) {
      throw new IllegalArgumentException("empty access key id");
    }
    var _ = principal(principalArn);
  }

  /** One without tags, whose unique id follows from its ARN. */
  public S3User(
      String accessKeyId,
      SecretKey secret,
      String principalArn,
      List<PolicyDocument> identityPolicies) {
    this(
        accessKeyId,
        secret,
        principalArn,
        UniqueId.of(principal(principalArn)),
        Map.of(),
        identityPolicies);
  }

  /** The caller that a signature with this key proves. */
  public Caller caller() {
    return new Caller(principal(principalArn), userId, tags, identityPolicies);
  }

  private static Principal principal(String arn) {
    return Principal.parse(arn)
        .orElseThrow(() -> new IllegalArgumentException("not the ARN of a principal: " + arn));
  }
}

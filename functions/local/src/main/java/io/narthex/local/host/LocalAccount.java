package io.narthex.local.host;

import static java.util.Locale.ROOT;

import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.util.List;

/**
 * Who acts in the account that owns both buckets here, besides the users that are made; each has an
 * access key, and all but the administrator one policy.
 */
enum LocalAccount {
  /** Clients that upload, by the manual's policy. */
  UPLOAD("user/cache-upload"),
  /** The verifying function. */
  VALIDATE("role/narthex-validate"),
  /** The function that keeps the index. */
  INDEX("role/narthex-index"),
  /** The serving function. */
  SERVE("role/narthex-serve"),
  /** Whoever sets the cache up. */
  PROVISION("role/narthex-provision"),
  /** Whoever operates it by the command line. */
  OPERATOR("user/narthex-operator"),
  /** The account's root user, who needs no policy. */
  ADMIN("root");

  /** The account of AWS's own documentation, so that its examples hold word for word. */
  static final AccountId ID = new AccountId("123456789012");

  private final String path;

  LocalAccount(String path) {
    this.path = path;
  }

  /** The ARN that policies name. */
  String arn() {
    return "arn:aws:iam::" + ID + ":" + path;
  }

  String label() {
    return name().toLowerCase(ROOT);
  }

  S3User user(AccessKey key, LocalPolicies policies) {
    return new S3User(
        key.id(), new SecretKey(key.secret()), sessionArn(), identityPolicies(policies));
  }

  /** A role acts through a session. */
  private String sessionArn() {
    return path.startsWith("role/")
        ? "arn:aws:sts::" + ID + ":assumed-role/" + path.substring("role/".length()) + "/local"
        : arn();
  }

  private List<PolicyDocument> identityPolicies(LocalPolicies policies) {
    return this == ADMIN ? List.of() : List.of(identityPolicy(policies));
  }

  private PolicyDocument identityPolicy(LocalPolicies policies) {
    try {
      return PolicyDocument.parseIdentityPolicy(policies.identity(this));
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException("infra/policies/" + label() + ".json", e);
    }
  }
}

package io.narthex.local.s3.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.policy.Principal;

/**
 * The ids that IAM gives principals beside their names. Here they follow from the ARN, so that they
 * are the same after every start.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">Unique
 *     identifiers</a>
 */
final class UniqueId {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 17;

  private UniqueId() {}

  /** The {@code aws:userid} of a principal. */
  static String of(Principal principal) {
    return switch (principal) {
      case Principal.Anonymous _ -> "anonymous";
      case Principal.AccountRoot root -> root.accountId().orElseThrow();
      case Principal.IamUser user -> "AIDA" + id(user.arn());
      case Principal.AssumedRole role ->
          "AROA" + id(role.roleArn()) + ":" + role.sessionArn().map(UniqueId::name).orElse("");
      case Principal.FederatedUser user -> user.accountId().orElseThrow() + ":" + name(user.arn());
    };
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static String id(String arn) {
    byte[] digest = Sha256.newDigest().digest(arn.getBytes(UTF_8));
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(digest[i] & 31));
    }
    return id.toString();
  }
}

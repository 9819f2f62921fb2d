package io.narthex.local.doors;

import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.local.s3.auth.S3User;
import io.narthex.local.s3.auth.SecretKey;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.policy.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody with an access key at one door and a token at the other.
 *
 * @param isForeign of an account that the settings list: its identity policies allow everything
 */
record Person(String name, String arn, String userId, Map<String, String> tags, boolean isForeign) {
  static final String ACCOUNT = "111122223333";
  static final String OTHER_ACCOUNT = "444455556666";

  /** As whom the serving function reads. */
  static final String SERVE = "arn:aws:iam::" + ACCOUNT + ":role/narthex-serve";

  private static final String ALL =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
      """;

  /** Users with and without a path, sessions of two roles, a user of an account that is let in. */
  static List<Person> all() {
    return List.of(
        of("ana", "iam::%s:user/ana", "AIDAANA", Map.of("team", "a")),
        of("ben", "iam::%s:user/staff/ben", "AIDABEN", Map.of("team", "b", "level", "2")),
        of("ci", "sts::%s:assumed-role/ci/run-7", "AROACI:run-7", Map.of("team", "a")),
        of("batch", "sts::%s:assumed-role/batch/night", "AROABATCH:night", Map.of()),
        new Person(
            "guest",
            "arn:aws:iam::" + OTHER_ACCOUNT + ":user/guest",
            "AIDAGUEST",
            Map.of("team", "b"),
            true));
  }

  private static Person of(String name, String arn, String userId, Map<String, String> tags) {
    return new Person(name, "arn:aws:" + arn.formatted(ACCOUNT), userId, tags, false);
  }

  Principal principal() {
    return Principal.parse(arn).orElseThrow();
  }

  List<PolicyDocument> identityPolicies() {
    return isForeign ? List.of(everything()) : List.of();
  }

  /** The serving function's key, which its own policy lets read everything. */
  static S3User serve() {
    String session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/narthex-serve/test";
    return new S3User("AKserve", new SecretKey("secret-serve"), session, List.of(everything()));
  }

  private static PolicyDocument everything() {
    try {
      return PolicyDocument.parseIdentityPolicy(ALL);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  S3User user() {
    return new S3User(
        "AK" + name, new SecretKey("secret-" + name), arn, userId, tags, identityPolicies());
  }

  TokenGrant grant() {
    return new TokenGrant(
        principal(),
        new SessionTags(tags),
        Optional.of(userId),
        new TokenOrigin.Administrator(),
        name,
        Duration.ofHours(1));
  }
}

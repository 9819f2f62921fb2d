package io.narthex.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The policies of {@code infra/policies}, filled in for the buckets and principals of this host.
 */
final class LocalPolicies {
  /** What else an operator's policy is about: of AWS, where there is none here. */
  private static final String ELSEWHERE = "arn:aws:%s:local:" + LocalAccount.ID + ":none";

  private final String cacheBucket;
  private final String stateBucket;

  LocalPolicies(String cacheBucket, String stateBucket) {
    this.cacheBucket = requireNonNull(cacheBucket, "cacheBucket is null");
    this.stateBucket = requireNonNull(stateBucket, "stateBucket is null");
  }

  /** The policy of the cache bucket. */
  String cacheBucketPolicy() {
    return filled("bucket-policy");
  }

  /**
   * The policy of the state bucket: whatever identity policies say, it is for the functions and the
   * administrator.
   */
  String stateBucketPolicy() {
    String insiders =
        Arrays.stream(LocalAccount.values())
            .filter(account -> account != LocalAccount.UPLOAD)
            .map(account -> '"' + account.arn() + '"')
            .collect(Collectors.joining(", "));
    return """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "OnlyTheFunctionsKeepState",
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:*",
              "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"],
              "Condition": { "ArnNotEquals": { "aws:PrincipalArn": [%2$s] } }
            }
          ]
        }
        """
        .formatted(stateBucket, insiders);
  }

  /** The manual's policy of those who upload. */
  String uploadPolicy() {
    return filled("upload");
  }

  /** What a principal may do by itself. */
  String identity(LocalAccount principal) {
    return filled(principal.label());
  }

  private String filled(String name) {
    return read(name)
        .replace("@CacheBucket@", cacheBucket)
        .replace("@StateBucket@", stateBucket)
        .replace("@ValidateRole@", LocalAccount.VALIDATE.arn())
        .replace("@IndexRole@", LocalAccount.INDEX.arn())
        .replace("@IndexTaskRole@", LocalAccount.INDEX.arn())
        .replace("@ProvisionRole@", LocalAccount.PROVISION.arn())
        .replace("@UploadQueue@", ELSEWHERE.formatted("sqs"))
        .replace("@DeadLetterQueue@", ELSEWHERE.formatted("sqs"))
        .replace("@StateMachine@", ELSEWHERE.formatted("states"))
        .replace("@Execution@", ELSEWHERE.formatted("states"))
        .replace("@MapRun@", ELSEWHERE.formatted("states"))
        .replace("@IndexQueue@", ELSEWHERE.formatted("sqs"))
        .replace("@Stack@", ELSEWHERE.formatted("cloudformation"));
  }

  private static String read(String name) {
    String resource = "/policies/" + name + ".json";
    try (InputStream in = LocalPolicies.class.getResourceAsStream(resource)) {
      return new String(requireNonNull(in, resource).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

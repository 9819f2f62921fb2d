package io.narthex.policy;

import static io.narthex.policy.Given.OTHER;
import static io.narthex.policy.Given.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.policy.Decision.Allow;
import io.narthex.policy.Decision.ExplicitDeny;
import io.narthex.policy.Decision.ImplicitDeny;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy of the cache bucket, with callers who have all of S3 by identity policy. */
class ExampleBucketPolicyTest {
  private static final PolicyDocument POLICY =
      Given.bucketPolicy(Given.resource("example-nix-cache.json"));
  private static final PolicyDocument ALL_OF_S3 =
      Given.identityPolicy(
          """
          {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
  private static final Map<String, Principal> CALLERS =
      Map.of(
          "anonymous",
          Given.ANONYMOUS,
          "uploader",
          Given.USER,
          "root",
          Given.ROOT,
          "validate",
          Given.role(OWNER, "", "narthex-validate", "fn"),
          "provision",
          Given.role(OWNER, "", "narthex-provision", "cfn"),
          "impostor",
          Given.role(OTHER, "", "narthex-validate", "fn"));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          verified is readable         | anonymous | GetObject        | /x | s3:ExistingObjectTag/nix-verdict | verified | ReadVerified
          untagged is not              | anonymous | GetObject        | /x | - | -                                           | implicit
          rejected is not              | anonymous | GetObject        | /x | s3:ExistingObjectTag/nix-verdict | rejected | implicit
          unknown is not               | anonymous | GetObject        | /x | s3:ExistingObjectTag/nix-verdict | unknown  | implicit
          case of the verdict matters  | anonymous | GetObject        | /x | s3:ExistingObjectTag/nix-verdict | VERIFIED | implicit
          case of the key does not     | anonymous | GetObject        | /x | S3:existingobjecttag/NIX-VERDICT | verified | ReadVerified
          versions are another action  | anonymous | GetObjectVersion | /x | s3:ExistingObjectTag/nix-verdict | verified | implicit
          another bucket is not meant  | anonymous | GetObject        | 2/x | s3:ExistingObjectTag/nix-verdict | verified | implicit
          anyone lists                 | anonymous | ListBucket        | '' | - | - | ReadBucket
          anyone locates               | anonymous | GetBucketLocation | '' | - | - | ReadBucket
          listing is of the bucket     | anonymous | ListBucket        | /x | - | - | implicit
          anonymous does not delete    | anonymous | DeleteObject      | /x | - | - | implicit
          anonymous does not upload    | anonymous | PutObject         | /x | - | - | implicit
          """)
  void governsReading(
      String name, String who, String act, String key, String tag, String value, String outcome) {
    assertThat(outcome(who, act, key, context(tag, value))).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uploader uploads               | uploader  | /x | - | - | by identity
          uploader sets other tags       | uploader  | /x | s3:RequestObjectTag/team        | ops      | by identity
          uploader sets no verdict       | uploader  | /x | s3:RequestObjectTag/nix-verdict | verified | !NoVerdictOnUpload
          in no spelling                 | uploader  | /x | s3:RequestObjectTag/Nix-Verdict | verified | !NoVerdictOnUpload
          unknown tags may be a verdict  | uploader  | /x | s3:RequestObjectTag/nix-verdict | unknown  | !NoVerdictOnUpload
          root sets no verdict           | root      | /x | s3:RequestObjectTag/nix-verdict | verified | !NoVerdictOnUpload
          namesake sets no verdict       | impostor  | /x | s3:RequestObjectTag/nix-verdict | verified | !NoVerdictOnUpload
          validate sets a verdict        | validate  | /x | s3:RequestObjectTag/nix-verdict | verified | by identity
          provisioning sets a verdict    | provision | /x | s3:RequestObjectTag/nix-verdict | verified | by identity
          uploader does not copy         | uploader  | /x | s3:x-amz-copy-source | /other/x | !NoCopyIntoTheBucket
          validate does not copy         | validate  | /x | s3:x-amz-copy-source | /other/x | !NoCopyIntoTheBucket
          unknown source may be a copy   | uploader  | /x | s3:x-amz-copy-source | unknown  | !NoCopyIntoTheBucket
          uploader writes no cache info  | uploader  | /nix-cache-info | - | - | !OnlyProvisionWritesCacheInfo
          validate writes no cache info  | validate  | /nix-cache-info | - | - | !OnlyProvisionWritesCacheInfo
          provisioning writes cache info | provision | /nix-cache-info | - | - | by identity
          storage that is read at once   | uploader  | /x | s3:x-amz-storage-class | INTELLIGENT_TIERING | by identity
          storage that is thawed first   | uploader  | /x | s3:x-amz-storage-class | GLACIER      | !OnlyStorageThatIsReadAtOnce
          storage nobody knows yet       | validate  | /x | s3:x-amz-storage-class | PERMAFROST   | !OnlyStorageThatIsReadAtOnce
          case of a class matters        | uploader  | /x | s3:x-amz-storage-class | standard     | !OnlyStorageThatIsReadAtOnce
          unknown storage                | uploader  | /x | s3:x-amz-storage-class | unknown      | !OnlyStorageThatIsReadAtOnce
          uploader brings no key         | uploader  | /x | s3:x-amz-server-side-encryption-customer-algorithm | AES256 | !NoKeyOfTheUploader
          S3 encrypts by its own key     | uploader  | /x | s3:x-amz-server-side-encryption | AES256  | by identity
          KMS does not encrypt           | uploader  | /x | s3:x-amz-server-side-encryption | aws:kms | !NoEncryptionByKms
          not even twice                 | root      | /x | s3:x-amz-server-side-encryption | aws:kms:dsse | !NoEncryptionByKms
          uploader names no KMS key      | uploader  | /x | s3:x-amz-server-side-encryption-aws-kms-key-id | arn:aws:kms:eu-west-2:444455556666:key/k | !NoKmsKeyOfTheUploader
          """)
  void governsUploading(
      String name, String who, String key, String tag, String value, String outcome) {
    assertThat(outcome(who, "PutObject", key, context(tag, value))).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "PutObjectTagging, anonymous, !OnlyValidateTags",
    "PutObjectTagging, uploader, !OnlyValidateTags",
    "PutObjectTagging, root, !OnlyValidateTags",
    "PutObjectTagging, impostor, !OnlyValidateTags",
    "PutObjectTagging, provision, by identity",
    "PutObjectVersionTagging, uploader, !OnlyValidateTags",
    "PutObjectVersionTagging, validate, by identity",
    "DeleteObjectTagging, uploader, !OnlyValidateTags",
    "DeleteObjectTagging, validate, by identity",
    "DeleteObjectVersionTagging, uploader, !OnlyValidateTags",
    "DeleteObjectVersionTagging, validate, by identity",
  })
  void governsTagging(String action, String who, String outcome) {
    assertThat(outcome(who, action, "/x", Given.nothingElse())).isEqualTo(outcome);
  }

  @Test
  void tellsWhichKeysARequestMustMakeKnown() {
    assertThat(POLICY.conditionKeys())
        .containsExactlyInAnyOrder(
            "aws:principalarn",
            "s3:existingobjecttag/nix-verdict",
            "s3:requestobjecttag/nix-verdict",
            "s3:x-amz-copy-source",
            "s3:x-amz-server-side-encryption",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:x-amz-server-side-encryption-customer-algorithm",
            "s3:x-amz-storage-class");
  }

  @Test
  void comesBackFromItsOwnWriting() {
    assertThat(Given.bucketPolicy(POLICY.write())).isEqualTo(POLICY);
  }

  private static RequestContext context(String key, String value) {
    RequestContext.Builder context = Given.nothingElse().toBuilder();
    return switch (value) {
      case "-" -> context.build();
      case "unknown" -> context.unknown(key).build();
      default -> context.value(key, value).build();
    };
  }

  private static String outcome(String who, String action, String key, RequestContext context) {
    String resource = "arn:aws:s3:::example-nix-cache" + key;
    Principal caller = Optional.ofNullable(CALLERS.get(who)).orElseThrow();
    AccessRequest request = new AccessRequest(caller, "s3:" + action, resource, context);
    return switch (Authorizer.decide(Optional.of(POLICY), OWNER, List.of(ALL_OF_S3), request)) {
      case Allow(Optional<String> sid) -> sid.orElse("by identity");
      case ExplicitDeny(Optional<String> sid) -> "!" + sid.orElseThrow();
      case ImplicitDeny _ -> "implicit";
    };
  }
}

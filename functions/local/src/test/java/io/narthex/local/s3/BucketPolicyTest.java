package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.ACCOUNT;
import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.DIRECT_READS;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The policy of a bucket, as its administrator puts it, and Block Public Access. */
final class BucketPolicyTest {
  private static final String DENY_ALL =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::example-nix-cache", "arn:aws:s3:::example-nix-cache/*"]}]}
      """;

  private static final String PRIVATE =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
        "Principal": {"AWS": "arn:aws:iam::111122223333:user/stranger"},
        "Resource": "arn:aws:s3:::example-nix-cache/*"}]}
      """;

  @TempDir private Path directory;
  private Endpoint s3;

  @BeforeEach
  void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void theManualsPolicyLetsAnyoneReadAndARestrictedPrincipalOnlyThatUser() {
    s3.put(CACHE, "x.narinfo", "x");
    put(DIRECT_READS);
    assertThat(get(s3.anonymous, CACHE, "x.narinfo").asUtf8String()).isEqualTo("x");
    assertDenied(() -> s3.anonymous.listObjectsV2(r -> r.bucket(CACHE)));

    put(
        DIRECT_READS.replace(
            "\"*\"}]", "{\"AWS\": \"arn:aws:iam::%s:user/stranger\"}}]".formatted(ACCOUNT)));
    assertDenied(() -> get(s3.anonymous, CACHE, "x.narinfo"));
    assertThat(get(s3.stranger, CACHE, "x.narinfo").asUtf8String()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          arn:aws:s3:::example-nix-cache/*    | arn:aws:s3:::example-state/*        | Policy has invalid resource
          arn:aws:s3:::example-nix-cache/*    | arn:aws:s3:::example-nix-cache-2/*  | Policy has invalid resource
          arn:aws:s3:::example-nix-cache/*    | *                                   | Policy has invalid resource
          arn:aws:s3:::example-nix-cache/*    | arn:aws:s3:::*                      | Policy has invalid resource
          arn:aws:s3:::example-nix-cache/*    | arn:aws-cn:s3:::example-nix-cache/* | Policy has invalid resource
          "s3:GetObject"                      | "ec2:RunInstances"                  | Policy has invalid action
          "s3:GetObject"                      | "s3:GetObjekt"                      | Policy has invalid action
          "s3:GetObject"                      | "s3:ListBucket"                     | Action does not apply to any resource(s) in statement
          cache/*"                            | cache"                              | Action does not apply to any resource(s) in statement
          "Effect"                            | "Condition": {"StringEquals": {"aws:Heard": "x"}}, "Effect" | Policy has an invalid condition key
          "Effect"                            | "Condition": {"Null": {"saml:sub": "true"}}, "Effect" | Policy has an invalid condition key
          "Effect"                            | "Condition": {"Null": {"s3:prefix": "true"}}, "Effect" | Conditions do not apply to combination of actions and resources in statement
          "Effect"                            | "Condition": {"StringIs": {"aws:Referer": "x"}}, "Effect" | Invalid Condition type : StringIs
          "Effect": "Allow"                   | "Effect": "Permit"                  | Invalid effect: Permit
          2012-10-17                          | 2013-10-17                          | The policy must contain a valid version string
          {"Version"                          | [{"Version"                         | Policies must be valid JSON and the first byte must be '{'
          """)
  void refusesWhatS3RefusesWithItsMessages(String from, String to, String message) {
    assertThatThrownBy(() -> put(PRIVATE.replace(from, to)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            });
  }

  @Test
  void refusesWhatIsTooLong() {
    put(PRIVATE.replace("}]}", "}]" + " ".repeat(20_480 - PRIVATE.length()) + "}"));
    assertCode(
        "MalformedPolicy", () -> put(PRIVATE.replace("}]}", "}]" + " ".repeat(20_480) + "}")));
  }

  @Test
  void answersAPutWithNoContent() {
    var put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "?policy="))
            .build(BodyPublishers.ofString(PRIVATE));
    assertThat(s3.send(put).statusCode()).isEqualTo(204);
  }

  @Test
  void theRootUserMendsAPolicyThatLocksItOut() {
    s3.put(CACHE, "k", "x");
    put(DENY_ALL);
    assertDenied(() -> get(s3.root, CACHE, "k"));
    assertDenied(() -> get(s3.admin, CACHE, "k"));
    assertDenied(() -> s3.admin.deleteBucketPolicy(r -> r.bucket(CACHE)));
    assertThat(s3.root.getBucketPolicy(r -> r.bucket(CACHE)).policy()).isEqualTo(DENY_ALL);
    put(PRIVATE);
    put(DENY_ALL);
    s3.root.deleteBucketPolicy(r -> r.bucket(CACHE));
    assertThat(get(s3.root, CACHE, "k").asUtf8String()).isEqualTo("x");
  }

  @Test
  void aStoredPolicyThatIsNotUnderstoodLetsNobodyInButStaysToBeMended() throws IOException {
    s3.put(CACHE, "k", "x");
    put(DIRECT_READS);
    store("{\"Future\": 1}");
    assertDenied(() -> get(s3.anonymous, CACHE, "k"));
    assertDenied(() -> get(s3.admin, CACHE, "k"));
    assertDenied(() -> get(s3.root, CACHE, "k"));
    assertThat(s3.root.getBucketPolicy(r -> r.bucket(CACHE)).policy()).contains("Future");
    put(DIRECT_READS);
    assertThat(get(s3.anonymous, CACHE, "k").asUtf8String()).isEqualTo("x");
  }

  @Test
  void aStoredPolicyWithAKeyThatIsRefusedTodayNeverAllowsByItAndAlwaysDenies() throws IOException {
    s3.put(CACHE, "k", "x");
    store(DIRECT_READS);
    assertThat(get(s3.anonymous, CACHE, "k").asUtf8String()).isEqualTo("x");
    String key = "\"Condition\": {\"Null\": {\"saml:sub\": \"true\"}}, ";
    store(DIRECT_READS.replace("\"Sid\"", key + "\"Sid\""));
    assertDenied(() -> get(s3.anonymous, CACHE, "k"));
    String deny = DENY_ALL.substring(DENY_ALL.indexOf("{\"Effect\""), DENY_ALL.indexOf("]}\n"));
    store(
        DIRECT_READS.replace(
            "\"Statement\": [",
            "\"Statement\": [" + deny.replace("{\"Effect\"", "{" + key + "\"Effect\"") + ", "));
    assertDenied(() -> get(s3.anonymous, CACHE, "k"));
  }

  /** As an earlier version of this program, which took more, has left it. */
  private void store(String json) throws IOException {
    s3.close();
    Files.writeString(directory.resolve("buckets").resolve(CACHE + ".policy.json"), json);
    s3 = Endpoint.start(directory);
  }

  @Test
  void saysWhetherAPolicyIsPublic() {
    assertCode("NoSuchBucketPolicy", () -> s3.root.getBucketPolicyStatus(r -> r.bucket(CACHE)));
    put(PRIVATE);
    assertThat(isPublic()).isFalse();
    put(DIRECT_READS);
    assertThat(isPublic()).isTrue();
  }

  @Test
  void blockPublicPolicyTakesNoPublicPolicy() {
    block(CACHE, true, false);
    assertDenied(() -> put(DIRECT_READS));
    put(PRIVATE);
    s3.root.deletePublicAccessBlock(r -> r.bucket(CACHE));
    put(DIRECT_READS);
  }

  @Test
  void restrictPublicBucketsLetsInTheOwnersAccountOnly() {
    s3.put(CACHE, "k", "x");
    put(DIRECT_READS);
    block(CACHE, false, true);
    assertDenied(() -> get(s3.anonymous, CACHE, "k"));
    assertThat(get(s3.stranger, CACHE, "k").asUtf8String()).isEqualTo("x");
    s3.close();
    s3 = Endpoint.start(directory);
    assertDenied(() -> get(s3.anonymous, CACHE, "k"));
    block(CACHE, false, false);
    assertThat(get(s3.anonymous, CACHE, "k").asUtf8String()).isEqualTo("x");
  }

  @Test
  void blocksAreReadAsTheyWereWrittenAndAreOffAtFirst() {
    assertCode(
        "NoSuchPublicAccessBlockConfiguration",
        () -> s3.root.getPublicAccessBlock(r -> r.bucket(PLAIN)));
    block(PLAIN, true, false);
    var read = s3.root.getPublicAccessBlock(r -> r.bucket(PLAIN)).publicAccessBlockConfiguration();
    assertThat(read.blockPublicPolicy()).isTrue();
    assertThat(read.restrictPublicBuckets()).isFalse();
    assertThat(read.blockPublicAcls()).isFalse();
    assertCode(
        "NoSuchPublicAccessBlockConfiguration",
        () -> s3.root.getPublicAccessBlock(r -> r.bucket(CACHE)));
    var nonsense =
        new SignedRequest("PUT", s3.uri("/" + PLAIN + "?publicAccessBlock="))
            .build(BodyPublishers.ofString("<PublicAccessBlockConfiguration><Other/>"));
    assertThat(s3.send(nonsense).body()).contains("<Code>MalformedXML</Code>");
  }

  private void put(String policy) {
    s3.root.putBucketPolicy(r -> r.bucket(CACHE).policy(policy));
  }

  private boolean isPublic() {
    return s3.root.getBucketPolicyStatus(r -> r.bucket(CACHE)).policyStatus().isPublic();
  }

  private void block(String bucket, boolean policies, boolean restrict) {
    s3.root.putPublicAccessBlock(
        r ->
            r.bucket(bucket)
                .publicAccessBlockConfiguration(
                    b -> b.blockPublicPolicy(policies).restrictPublicBuckets(restrict)));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertCode("AccessDenied", call);
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}

package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.ACCOUNT;
import static io.narthex.local.s3.Endpoint.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a policy's conditions see of a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConditionKeyTest {
  private Endpoint s3;

  @BeforeAll
  void start(@TempDir Path directory) {
    s3 = Endpoint.start(directory);
    s3.put(CACHE, "k", "x");
    s3.put(CACHE, "open/k", "x");
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TAGGED    | true  | "StringEquals": {"s3:authType": "REST-HEADER"}
          PRESIGNED | true  | "StringEquals": {"s3:authType": "REST-QUERY-STRING"}
          ANONYMOUS | true  | "Null": {"s3:authType": "true"}
          TAGGED    | true  | "StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}
          TAGGED    | true  | "NumericLessThan": {"s3:signatureAge": "600000"}
          PRESIGNED | true  | "NumericLessThan": {"s3:signatureAge": "600000"}
          ANONYMOUS | false | "NumericLessThan": {"s3:signatureAge": "600000"}
          TAGGED    | true  | "Null": {"s3:x-amz-content-sha256": "false"}
          PRESIGNED | false | "Null": {"s3:x-amz-content-sha256": "false"}
          PRESIGNED | false | "Null": {"s3:x-amz-content-sha256": "true"}
          ANONYMOUS | true  | "Null": {"s3:TlsVersion": "true"}
          ANONYMOUS | true  | "Bool": {"aws:SecureTransport": "false"}
          ANONYMOUS | true  | "IpAddress": {"aws:SourceIp": "127.0.0.0/8"}
          ANONYMOUS | false | "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}
          TAGGED    | true  | "StringLike": {"aws:UserAgent": "aws-sdk-java*"}
          TAGGED    | true  | "Null": {"aws:Referer": "true"}
          TAGGED    | true  | "StringEquals": {"aws:userid": "AIDAEXAMPLE"}
          SESSION   | true  | "StringLike": {"aws:userid": "AROA*:run-7"}
          ANONYMOUS | true  | "StringEquals": {"aws:userid": "anonymous"}
          TAGGED    | true  | "StringEquals": {"aws:username": "tagged"}
          SESSION   | true  | "Null": {"aws:username": "true"}
          TAGGED    | true  | "StringEquals": {"aws:PrincipalTag/team": "infra"}
          STRANGER  | false | "StringEquals": {"aws:PrincipalTag/team": "infra"}
          SESSION   | true  | "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci"}
          SESSION   | false | "Null": {"aws:TokenIssueTime": "true"}
          SESSION   | false | "Null": {"aws:TokenIssueTime": "false"}
          TAGGED    | true  | "Null": {"aws:TokenIssueTime": "true"}
          TAGGED    | true  | "Null": {"aws:PrincipalOrgID": "true"}
          ANONYMOUS | true  | "DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}
          ANONYMOUS | true  | "NumericGreaterThan": {"aws:EpochTime": "1577836800"}
          ANONYMOUS | true  | "StringEquals": {"aws:RequestedRegion": "us-east-1"}
          ANONYMOUS | true  | "StringEquals": {"aws:ResourceAccount": "111122223333"}
          ANONYMOUS | true  | "Null": {"s3:versionid": "true"}
          ANONYMOUS | true  | "Null": {"s3:prefix": "true"}
          """)
  void aReadHasTheseKeys(String who, boolean allowed, String condition) {
    policy(asOneOf("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", condition));
    int status =
        switch (who) {
          case "ANONYMOUS" -> get(s3.uri("/" + CACHE + "/k?prefix=x"));
          case "PRESIGNED" -> get(presigned());
          default -> status(who, c -> c.getObjectAsBytes(r -> r.bucket(CACHE).key("k")));
        };
    assertThat(status).isEqualTo(allowed ? 200 : 403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          list-type=2&prefix=nar/x         | true  | "StringLike": {"s3:prefix": "nar/*"}
          prefix=nar/x                     | true  | "StringLike": {"s3:prefix": "nar/*"}
          versions=&prefix=nar/x           | true  | "StringLike": {"s3:prefix": "nar/*"}
          list-type=2&prefix=log/          | false | "StringLike": {"s3:prefix": "nar/*"}
          list-type=2                      | false | "StringLike": {"s3:prefix": "nar/*"}
          list-type=2&prefix=              | true  | "StringEquals": {"s3:prefix": ""}
          list-type=2                      | false | "StringEquals": {"s3:prefix": ""}
          list-type=2                      | false | "Null": {"s3:prefix": "true"}
          list-type=2&delimiter=/          | true  | "StringEquals": {"s3:delimiter": "/"}
          list-type=2                      | false | "StringEquals": {"s3:delimiter": "/"}
          list-type=2&max-keys=5           | true  | "NumericLessThanEquals": {"s3:max-keys": "10"}
          list-type=2&max-keys=50          | false | "NumericLessThanEquals": {"s3:max-keys": "10"}
          list-type=2                      | false | "NumericLessThanEquals": {"s3:max-keys": "10"}
          list-type=2&prefix=nar/x         | true  | "Null": {"s3:x-amz-storage-class": "true"}
          """)
  void aListingHasTheseKeys(String query, boolean allowed, String condition) {
    policy(asOneOf("s3:ListBucket", "s3:ListBucketVersions", "s3:PutObject", condition));
    assertThat(get(s3.uri("/" + CACHE + "?" + query))).isEqualTo(allowed ? 200 : 403);
  }

  @Test
  void whoMayListSomePrefixesLearnsNothingOfWhatIsAbsentElsewhere() {
    allow("s3:ListBucket", "", "\"StringLike\": {\"s3:prefix\": \"nar/*\"}");
    assertThat(get(s3.uri("/" + CACHE + "/nar/absent"))).isEqualTo(403);
    assertThat(get(s3.uri("/" + CACHE + "/nar/absent?prefix=nar/x"))).isEqualTo(403);
    assertThat(get(s3.uri("/" + CACHE + "/a//b"))).isEqualTo(403);
    allow("s3:ListBucket", "", "\"Bool\": {\"aws:SecureTransport\": \"false\"}");
    assertThat(get(s3.uri("/" + CACHE + "/nar/absent"))).isEqualTo(404);
    assertThat(get(s3.uri("/" + CACHE + "/a//b"))).isEqualTo(404);
  }

  @Test
  void onlyWhatMakesAnObjectIsACreation() {
    policy(
        statement("Allow", "s3:PutObject", "/*", "\"Null\": {\"aws:userid\": \"false\"}"),
        statement(
            "Deny",
            "s3:PutObject",
            "/*",
            "\"Null\": {\"s3:if-none-match\": \"true\"}, \"Bool\": {\"s3:ObjectCreationOperation\": \"true\"}"));
    assertThat(
            status(
                "STRANGER",
                c -> c.putObject(r -> r.bucket(CACHE).key("new"), RequestBody.fromString("x"))))
        .isEqualTo(403);
    assertThat(
            status(
                "STRANGER",
                c ->
                    c.putObject(
                        r -> r.bucket(CACHE).key("new").ifNoneMatch("*"),
                        RequestBody.fromString("x"))))
        .isEqualTo(200);
    String id = s3.stranger.createMultipartUpload(r -> r.bucket(CACHE).key("big")).uploadId();
    String eTag =
        s3.stranger
            .uploadPart(
                r -> r.bucket(CACHE).key("big").uploadId(id).partNumber(1),
                RequestBody.fromString("x"))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
    assertThat(
            status(
                "STRANGER",
                c ->
                    c.completeMultipartUpload(
                        r ->
                            r.bucket(CACHE)
                                .key("big")
                                .uploadId(id)
                                .multipartUpload(m -> m.parts(part)))))
        .isEqualTo(403);
  }

  @Test
  void eachVersionOfAListIsAskedForByItsId() {
    String first = s3.put(CACHE, "two", "1").versionId();
    String second = s3.put(CACHE, "two", "2").versionId();
    allow(
        "s3:DeleteObjectVersion", "/*", "\"StringEquals\": {\"s3:versionid\": \"" + first + "\"}");
    var answer =
        s3.stranger.deleteObjects(
            r ->
                r.bucket(CACHE)
                    .delete(
                        d ->
                            d.objects(
                                ObjectIdentifier.builder().key("two").versionId(first).build(),
                                ObjectIdentifier.builder().key("two").versionId(second).build())));
    assertThat(answer.deleted()).singleElement().matches(d -> first.equals(d.versionId()));
    assertThat(answer.errors()).singleElement().matches(e -> second.equals(e.versionId()));
  }

  @Test
  void aCopyNeedsBothEnds() {
    policy(
        statement("Allow", "s3:PutObject", "/*", "\"Null\": {\"s3:x-amz-copy-source\": \"false\"}"),
        statement(
            "Allow", "s3:*Object", "/open/*", "\"Null\": {\"s3:x-amz-copy-source\": \"true\"}"));
    assertThat(copy("open/k", "copy")).isEqualTo(200);
    assertThat(copy("k", "copy")).isEqualTo(403);
    String id = s3.root.createMultipartUpload(r -> r.bucket(CACHE).key("parts")).uploadId();
    assertThat(copyPart("open/k", id)).isEqualTo(200);
    assertThat(copyPart("k", id)).isEqualTo(403);
  }

  private int copy(String from, String to) {
    return status(
        "STRANGER",
        c ->
            c.copyObject(
                r ->
                    r.sourceBucket(CACHE)
                        .sourceKey(from)
                        .destinationBucket(CACHE)
                        .destinationKey(to)));
  }

  private int copyPart(String from, String upload) {
    return status(
        "STRANGER",
        c ->
            c.uploadPartCopy(
                r ->
                    r.sourceBucket(CACHE)
                        .sourceKey(from)
                        .destinationBucket(CACHE)
                        .destinationKey("parts")
                        .uploadId(upload)
                        .partNumber(1)));
  }

  private void allow(String action, String below, String condition) {
    policy(statement("Allow", action, below, condition));
  }

  /** Of the three actions one has the key, so that S3 takes the condition for all of them. */
  private static String asOneOf(String first, String second, String third, String condition) {
    return """
        {"Effect": "Allow", "Principal": "*", "Action": ["%1$s", "%2$s", "%3$s"],
          "Resource": ["arn:aws:s3:::%4$s", "arn:aws:s3:::%4$s/*"], "Condition": {%5$s}}
        """
        .formatted(first, second, third, CACHE, condition);
  }

  private static String statement(String effect, String action, String below, String condition) {
    return """
        {"Effect": "%s", "Principal": "*", "Action": "%s", "Resource": "arn:aws:s3:::%s%s",
          "Condition": {%s}}
        """
        .formatted(effect, action, CACHE, below, condition);
  }

  private void policy(String... statements) {
    s3.server.putBucketPolicy(
        CACHE,
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}");
  }

  private int get(URI uri) {
    return s3.send(HttpRequest.newBuilder(uri)).statusCode();
  }

  private URI presigned() {
    try (var presigner = s3.presigner("TAGGED")) {
      return URI.create(
          presigner
              .presignGetObject(
                  g ->
                      g.signatureDuration(Duration.ofMinutes(1))
                          .getObjectRequest(r -> r.bucket(CACHE).key("k")))
              .url()
              .toString());
    }
  }

  /** A call of a client. */
  @FunctionalInterface
  private interface Sent {
    Object by(S3Client client);
  }

  private int status(String user, Sent call) {
    try (S3Client client = s3.client(Endpoint.credentials(user))) {
      assertThat(call.by(client)).isNotNull();
      return 200;
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }

  @Test
  void theOwnersAccountIsTheOneOfItsUsers() {
    policy(
        """
        {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::%s/*"}
        """
            .formatted(ACCOUNT, CACHE));
    // The account's own users need an identity policy beside it, as on AWS.
    assertThat(status("STRANGER", c -> c.getObjectAsBytes(r -> r.bucket(CACHE).key("k"))))
        .isEqualTo(403);
    assertThat(status("UPLOADER", c -> c.getObjectAsBytes(r -> r.bucket(CACHE).key("k"))))
        .isEqualTo(200);
  }
}

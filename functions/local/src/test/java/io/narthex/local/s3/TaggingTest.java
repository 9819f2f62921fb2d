package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.PLAIN;
import static io.narthex.local.s3.Endpoint.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

final class TaggingTest {
  private static final String KEY = "abc.narinfo";
  private static final List<Tag> VERIFIED = Endpoint.tagging("nix-verdict", "verified").tagSet();

  @TempDir private static Path directory;
  private static Endpoint s3;

  @BeforeAll
  static void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, CACHE})
  void tagsGoWithTheContentTheyWereSentWith(String bucket) {
    s3.admin.putObject(
        r -> r.bucket(bucket).key(KEY).tagging("nix-verdict=verified"),
        RequestBody.fromString("x"));
    assertThat(tags(bucket, KEY)).isEqualTo(VERIFIED);
    assertThat(get(s3.admin, bucket, KEY).response().tagCount()).isEqualTo(1);
    s3.put(bucket, KEY, "y");
    assertThat(tags(bucket, KEY)).isEmpty();
    s3.admin.putObjectTagging(r -> r.bucket(bucket).key(KEY).tagging(t -> t.tagSet(VERIFIED)));
    assertThat(tags(bucket, KEY)).isEqualTo(VERIFIED);
    s3.admin.deleteObjectTagging(r -> r.bucket(bucket).key(KEY));
    assertThat(tags(bucket, KEY)).isEmpty();
  }

  @Test
  void anUploadInPartsHasTheTagsItBeganWith() {
    String id =
        s3.admin
            .createMultipartUpload(r -> r.bucket(CACHE).key("parts").tagging("a=1&b=x%20y"))
            .uploadId();
    String eTag =
        s3.admin
            .uploadPart(
                r -> r.bucket(CACHE).key("parts").uploadId(id).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    s3.admin.completeMultipartUpload(
        r ->
            r.bucket(CACHE)
                .key("parts")
                .uploadId(id)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(eTag).build())));
    assertThat(tags(CACHE, "parts"))
        .extracting(tag -> tag.key() + "=" + tag.value())
        .containsExactly("a=1", "b=x y");
  }

  @ParameterizedTest
  @EnumSource(
      value = TaggingDirective.class,
      names = {"COPY", "REPLACE"})
  void aCopyTakesTheTagsOfItsSourceOrThoseOfTheRequest(TaggingDirective directive) {
    s3.admin.putObject(
        r -> r.bucket(CACHE).key("source").tagging("nix-verdict=verified"),
        RequestBody.fromString("x"));
    s3.admin.copyObject(
        r ->
            r.sourceBucket(CACHE)
                .sourceKey("source")
                .destinationBucket(PLAIN)
                .destinationKey("copy")
                .taggingDirective(directive)
                .tagging("other=tag"));
    List<Tag> expected =
        directive == TaggingDirective.COPY ? VERIFIED : Endpoint.tagging("other", "tag").tagSet();
    assertThat(tags(PLAIN, "copy")).isEqualTo(expected);
  }

  @Test
  void aPartCanBeCopied() {
    s3.put(CACHE, "whole", "0123456789");
    String id = s3.admin.createMultipartUpload(r -> r.bucket(CACHE).key("copied")).uploadId();
    String eTag =
        s3.admin
            .uploadPartCopy(
                r ->
                    r.sourceBucket(CACHE)
                        .sourceKey("whole")
                        .copySourceRange("bytes=2-5")
                        .destinationBucket(CACHE)
                        .destinationKey("copied")
                        .uploadId(id)
                        .partNumber(1))
            .copyPartResult()
            .eTag();
    assertThat(s3.admin.listParts(r -> r.bucket(CACHE).key("copied").uploadId(id)).parts())
        .hasSize(1);
    s3.admin.completeMultipartUpload(
        r ->
            r.bucket(CACHE)
                .key("copied")
                .uploadId(id)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(eTag).build())));
    assertThat(get(s3.admin, CACHE, "copied").asUtf8String()).isEqualTo("2345");
  }

  /** A tag set that S3 refuses, and why. */
  record Refused(String why, List<Tag> tags) {
    @Override
    public String toString() {
      return why;
    }
  }

  static Stream<Refused> refusedTags() {
    return Stream.of(
        new Refused(
            "eleven tags", IntStream.range(0, 11).mapToObj(i -> tag("k" + i, "v")).toList()),
        new Refused("a key of 129", List.of(tag("k".repeat(129), "v"))),
        new Refused("a value of 257", List.of(tag("k", "v".repeat(257)))),
        new Refused("the same key twice", List.of(tag("k", "1"), tag("k", "2"))),
        new Refused("a reserved key", List.of(tag("aws:k", "v"))),
        new Refused("a tab", List.of(tag("k", "a\tb"))));
  }

  @ParameterizedTest
  @MethodSource("refusedTags")
  void refusesTagsThatS3Refuses(Refused refused) {
    s3.put(CACHE, "refused", "x");
    assertThatThrownBy(
            () ->
                s3.admin.putObjectTagging(
                    r -> r.bucket(CACHE).key("refused").tagging(t -> t.tagSet(refused.tags()))))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(tags(CACHE, "refused")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Tagging/>",
        "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>",
        "<x>",
        "{}",
        "<!DOCTYPE t [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Tagging><TagSet><Tag><Key>k</Key><Value>&e;</Value>"
            + "</Tag></TagSet></Tagging>"
      })
  void refusesABodyThatIsNoTagSet(String body) {
    s3.put(CACHE, "malformed", "x");
    var put = new SignedRequest("PUT", s3.uri("/" + CACHE + "/malformed?tagging="));
    assertThat(s3.send(put.build(BodyPublishers.ofString(body))).statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsNotTheOneOfItsContentMd5TagsNothing() {
    s3.put(CACHE, "md5", "x");
    var put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/md5?tagging="))
            .header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    String body = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
    assertThat(s3.send(put.build(BodyPublishers.ofString(body))).body()).contains("BadDigest");
    assertThat(tags(CACHE, "md5")).isEmpty();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static List<Tag> tags(String bucket, String key) {
    return s3.admin.getObjectTagging(r -> r.bucket(bucket).key(key)).tagSet();
  }
}

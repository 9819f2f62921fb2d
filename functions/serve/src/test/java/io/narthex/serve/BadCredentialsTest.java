package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad credentials are one answer, whatever is asked for, before anything of it is looked at. */
class BadCredentialsTest {
  private static final String BAD = "Basic c29tZWJvZHk6ZWxzZQ==";

  private final List<String> lines = new ArrayList<>();

  private String reply(ServeParts parts, String method, String path, String authorization)
      throws IOException {
    String event =
        """
        {"version":"2.0","rawPath":"%s","rawQueryString":"q=not-to-be-logged",
         "headers":{"x-forwarded-proto":"https","x-forwarded-for":"203.0.113.9",%s"a":"b"},
         "requestContext":{"http":{"method":"%s","sourceIp":"198.51.100.7"}}}
        """
            .formatted(path, authorization, method);
    var log =
        new RequestLog(
            new JsonLog(lines::add, Optional.of("Narthex/c"), InstantSource.fixed(Instant.EPOCH)));
    var reply = new ByteArrayOutputStream();
    new ServeHandler(alarm -> parts, log)
        .handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), reply, new SampleContext());
    return reply.toString(UTF_8);
  }

  private static String header(String value) {
    return "\"authorization\":\"" + value + "\",";
  }

  /** Parts that must not be asked for anything. */
  private static ServeParts untouched() {
    return SampleReads.parts(
        () -> {
          throw new StoreException("the policy was asked for");
        },
        () -> {
          throw new StoreException("the settings were asked for");
        });
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /nix-cache-info",
    "GET, /",
    "GET, /syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo",
    "HEAD, /syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo",
    "GET, /nar/05ra3y72i3qjri7xskf9qj8kb29r6naqy1sqpbs3azi3xcigmj56.nar.xz",
    "GET, /api/v1/whoami",
    "GET, /api/v1/paths/syd87l2rxw8cbsxmxl853h0r6pdwhwjr",
    "GET, /no/such/path",
    "GET, /%zz",
    "PUT, /nix-cache-info",
  })
  void isTheSameAnswerEverywhere(String method, String path) throws IOException {
    assertThat(reply(untouched(), method, path, header(BAD)))
        .isEqualTo(reply(untouched(), "GET", "/x", header(BAD)))
        .startsWith("{\"statusCode\":401,")
        .contains("\"WWW-Authenticate\":\"Basic realm=", "\"Cache-Control\":\"no-store\"");
  }

  @Test
  void isOneLineOfTheLogWithoutCredentialQueryOrHeader() throws IOException {
    reply(SampleReads.parts(), "GET", "/nix-cache-info", header(BAD));
    assertThat(lines)
        .containsExactly(
            "{\"event\":\"unauthenticated\",\"reason\":\"no such token: nxtstranger\","
                + "\"status\":401,\"requestId\":\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\"}");
  }

  @Test
  void isNotTheAnswerToNoneAndToGoodOnes() throws IOException {
    for (String authorization : List.of("", header(SampleReads.CREDENTIALS))) {
      assertThat(reply(SampleReads.parts(), "GET", "/nix-cache-info", authorization))
          .startsWith("{\"statusCode\":200,");
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void whoamiShowsGoodOnes() throws IOException {
    assertThat(reply(SampleReads.parts(), "GET", "/api/v1/whoami", header(SampleReads.CREDENTIALS)))
        .startsWith("{\"statusCode\":200,")
        .contains("user/reader", "token nxtreader", "no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "Authorization", "AUTHORIZATION"})
  void aSecondHeaderInAnotherSpellingIsRefused(String second) throws IOException {
    String both = header(SampleReads.CREDENTIALS) + "\"" + second + "\":\"" + BAD + "\",";
    assertThat(reply(untouched(), "GET", "/nix-cache-info", both))
        .startsWith("{\"statusCode\":400,");
  }

  @Test
  void twoValuesInOneHeaderAreRefused() throws IOException {
    String both = header(SampleReads.CREDENTIALS + "," + SampleReads.CREDENTIALS);
    assertThat(reply(untouched(), "GET", "/nix-cache-info", both))
        .startsWith("{\"statusCode\":401,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip"})
  void theAddressIsNotTakenFromAHeader(String name) throws IOException {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
           "Resource":"arn:aws:s3:::example-nix-cache/*",
           "Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]}
        """;
    String forged = name.equals("x-forwarded-for") ? "" : "\"" + name + "\":\"203.0.113.9\",";
    assertThat(reply(SampleReads.parts(policy), "GET", "/nix-cache-info", forged))
        .startsWith("{\"statusCode\":404,");
  }
}

package io.narthex.bench;

import static java.util.stream.Collectors.joining;

import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The bucket policies that decisions are measured on, as JSON. */
final class SamplePolicies {
  static final String ACCOUNT = "111122223333";
  static final String BUCKET = "example-nix-cache";

  /** An Allow for whoever is of the team that an object is tagged for. */
  static final String OWN =
      """
      {"Sid":"Own","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET",\
      "Condition":{"StringEquals":{"s3:ExistingObjectTag/team":"${aws:PrincipalTag/team}"}}}""";

  /** An Allow for everyone. */
  static final String VERIFIED =
      """
      {"Sid":"All","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET",\
      "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}}""";

  private SamplePolicies() {}

  /** The manual's read policy as {@code infra/policies/bucket-policy.json} narrows it. */
  static String manual(Path project) throws IOException {
    return Files.readString(project.resolve("infra/policies/bucket-policy.json"))
        .replace("@CacheBucket@", BUCKET)
        .replace("@ValidateRole@", "arn:aws:iam::" + ACCOUNT + ":role/validate")
        .replace("@ProvisionRole@", "arn:aws:iam::" + ACCOUNT + ":role/provision");
  }

  /**
   * A policy of so many statements. Each is about reading every object, so that only its conditions
   * tell whether it applies; every fifth compares with a policy variable. For {@link SampleAccess}
   * only the last one applies. With 100 statements it fills what S3 takes, 20 KB.
   */
  static String statements(int count, String last) {
    return IntStream.range(0, count)
        .mapToObj(i -> i == count - 1 ? last : statement(i))
        .collect(joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}"))
        .replace("BUCKET", "arn:aws:s3:::" + BUCKET + "/*");
  }

  private static String statement(int i) {
    String head = "{\"Sid\":\"%s%03d\",\"Effect\":\"%s\",\"Principal\":%s,\"Action\":\"s3:%s\",";
    String about = "\"Resource\":\"BUCKET\",\"Condition\":{%s}}";
    String text = head + about;
    String everyone = "\"*\"";
    return switch (i % 5) {
      case 0 ->
          text.formatted(
              "FromOutside",
              i,
              "Deny",
              everyone,
              "GetObject",
              "\"IpAddress\":{\"aws:SourceIp\":\"10.0.%d.0/24\"}".formatted(i));
      case 1 ->
          text.formatted(
              "ClosedTo",
              i,
              "Deny",
              everyone,
              "Get*",
              ("\"StringEquals\":{\"s3:ExistingObjectTag/closed-to\":"
                      + "[\"team-%d\",\"${aws:PrincipalTag/team}\"]}")
                  .formatted(i));
      case 2 ->
          text.formatted(
              "OfTeam",
              i,
              "Allow",
              "{\"AWS\":\"" + ACCOUNT + "\"}",
              "GetObject",
              "\"StringEquals\":{\"aws:PrincipalTag/team\":\"team-%d\"}".formatted(i));
      case 3 ->
          text.formatted(
              "NoScanner",
              i,
              "Deny",
              everyone,
              "GetObject",
              "\"StringLike\":{\"aws:UserAgent\":\"*scanner-%d*\"}".formatted(i));
      default ->
          text.formatted(
              "ByRole",
              i,
              "Allow",
              everyone,
              "GetObject",
              "\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:role/team-%d-*\"}".formatted(i));
    };
  }

  static PolicyDocument parsed(String json) {
    try {
      return PolicyDocument.parse(json);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.narthex.policy.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A policy that says one thing twice: whoever reads it takes the first or the last, and AWS another
 * than we. {@code #} stands for the backslash of an escape.
 */
class DuplicateKeysTest {
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Deny","Principal":{"AWS":"*"},
       "Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*",
       "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}]}
      """;

  @Test
  void thePolicyWithoutThemIsTaken() {
    assertThatCode(() -> PolicyDocument.parse(POLICY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Version\":\"2012-10-17\"",
        "\"Version\":\"2008-10-17\"",
        "\"Statement\":[]",
        "\"V#u0065rsion\":\"2012-10-17\"",
        "\"#u0053tatement\":[]"
      })
  void inTheDocumentAreRefused(String again) {
    refuses("{" + escaped(again) + "," + POLICY.substring(1));
    refuses(POLICY.replace("]}\n", "]," + escaped(again) + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Sid\":\"T\"",
        "\"Effect\":\"Allow\"",
        "\"Eff#u0065ct\":\"Allow\"",
        "\"Principal\":\"*\"",
        "\"Action\":\"*\"",
        "\"Resource\":\"*\"",
        "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}",
        "\"Conditio#u006e\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}"
      })
  void inAStatementAreRefused(String again) {
    refuses(POLICY.replace("{\"Sid\"", "{" + escaped(again) + ",\"Sid\""));
    refuses(POLICY.replace("}]}", "," + escaped(again) + "}]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"AWS\":\"111122223333\"", "\"#u0041WS\":\"111122223333\""})
  void inAPrincipalAreRefused(String again) {
    refuses(POLICY.replace("{\"AWS\"", "{" + escaped(again) + ",\"AWS\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"StringEquals\":{\"aws:PrincipalTag/team\":\"blue\"}",
        "\"StringEqual#u0073\":{\"aws:PrincipalTag/team\":\"blue\"}"
      })
  void inAConditionAreRefused(String again) {
    refuses(POLICY.replace("{\"StringEquals\"", "{" + escaped(again) + ",\"StringEquals\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"aws:PrincipalTag/team\":\"blue\"",
        "\"aws:PrincipalTag/t#u0065am\":\"blue\"",
        "\"aws:principaltag/team\":\"blue\"",
        "\"aws:PrincipalTag/Team\":\"blue\"",
        "\"AWS:PRINCIPALTAG/TEAM\":\"blue\""
      })
  void ofAConditionsKeyAreRefusedInAnyCase(String again) {
    refuses(POLICY.replace("{\"aws:Pr", "{" + escaped(again) + ",\"aws:Pr"));
    refuses(POLICY.replace("\"red\"}", "\"red\"," + escaped(again) + "}"));
  }

  private static String escaped(String text) {
    return text.replace('#', '\\');
  }

  private static void refuses(String json) {
    assertThatExceptionOfType(MalformedPolicyException.class)
        .as(json)
        .isThrownBy(() -> PolicyDocument.parse(json));
  }
}

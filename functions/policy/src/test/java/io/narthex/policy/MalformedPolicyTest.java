package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class MalformedPolicyTest {
  private static final String MINIMAL =
      """
      {"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""";

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/fixtures/policy/malformed/expected.csv",
      numLinesToSkip = 1,
      delimiter = ';',
      quoteCharacter = '`',
      emptyValue = "")
  void saysWhatIsWrongAndWhere(String name, String message, @Nullable String where) {
    String json = Given.resource("malformed/" + name + ".json");
    assertThatExceptionOfType(MalformedPolicyException.class)
        .isThrownBy(() -> PolicyDocument.parse(json))
        .satisfies(e -> assertThat(e.where()).isEqualTo(where == null ? "" : where))
        .withMessage(message);
  }

  @Test
  void takesAsManyBytesAsS3AndNoMore() throws MalformedPolicyException {
    String largest =
        MINIMAL + " ".repeat(PolicyDocument.MAX_BUCKET_POLICY_BYTES - MINIMAL.length());
    assertThat(PolicyDocument.parse(largest).statements()).hasSize(1);
    refusesAsTooLarge(largest + " ", PolicyDocument.MAX_BUCKET_POLICY_BYTES);
    refusesAsTooLarge(MINIMAL, MINIMAL.length() - 1);
  }

  @Test
  void countsBytesNotCharacters() throws MalformedPolicyException {
    String json = MINIMAL.replace("{\"Effect\"", "{\"Sid\":\"é\",\"Effect\"");
    assertThat(PolicyDocument.parse(json, json.length() + 1).statements()).hasSize(1);
    refusesAsTooLarge(json, json.length());
  }

  @Test
  void identityPolicyNamesNoPrincipal() {
    assertThatExceptionOfType(MalformedPolicyException.class)
        .isThrownBy(() -> PolicyDocument.parseIdentityPolicy(MINIMAL))
        .withMessage("Policy document should not specify a principal.");
  }

  @Test
  void identityPolicyIsAboutAnyService() throws MalformedPolicyException {
    PolicyDocument policy =
        PolicyDocument.parseIdentityPolicy(
            """
            {"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:eu-west-2:111122223333:q"}}""");
    assertThat(policy.isIdentityPolicy()).isTrue();
  }

  private static void refusesAsTooLarge(String json, int maxBytes) {
    assertThatExceptionOfType(MalformedPolicyException.class)
        .isThrownBy(() -> PolicyDocument.parse(json, maxBytes))
        .withMessage("Policy exceeds the maximum allowed document size");
  }
}

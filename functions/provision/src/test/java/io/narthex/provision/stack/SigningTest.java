package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static io.narthex.provision.stack.Tree.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with the key that the cache signs with. */
class SigningTest {
  private static final String KMS =
      "arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-2:111122223333:secret:narthex/cache-1-a1b2C3";
  private static final Object TEMPLATE = SampleStack.read("template.yaml");

  private static SampleStack signing(String key) {
    return SampleStack.with(Map.of("SigningKey", key, "SigningKeyName", "cache.example.com-1"));
  }

  /** The inline policies of a role that say anything about keys. */
  private static List<Object> policies(SampleStack stack, String role) {
    return list(at(stack.properties(role), "Policies")).stream()
        .filter(one -> Set.of("sign", "check").contains(String.valueOf(at(one, "PolicyName"))))
        .toList();
  }

  private static Set<String> actions(SampleStack stack, String role) {
    var actions = new TreeSet<String>();
    for (Object policy : policies(stack, role)) {
      for (Object statement : list(at(policy, "PolicyDocument", "Statement"))) {
        actions.addAll(texts(at(statement, "Action")));
      }
    }
    return actions;
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ValidateRole, sign-kms, " + KMS,
    "ProvisionRole, check-kms, " + KMS,
    "ValidateRole, sign-secret, " + SECRET,
    "ProvisionRole, check-secret, " + SECRET,
  })
  void mayDoWithThatKeyWhatItsFileSays(String role, String file, String key) {
    assertThat(policies(signing(key), role))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(list(at(policy, "PolicyDocument", "Statement")))
                    .isEqualTo(PolicyFile.aboutKey(file, key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ValidateRole", "ServeRole", "ProvisionRole"})
  void mayDoNothingWithKeysWhereThereIsNone(String role) {
    assertThat(policies(SampleStack.byDefault(), role)).isEmpty();
  }

  @Test
  void letsTheVerifyingFunctionAloneSign() {
    assertThat(actions(signing(KMS), "ValidateRole"))
        .containsExactly("kms:GetPublicKey", "kms:Sign");
    assertThat(actions(signing(SECRET), "ValidateRole"))
        .containsExactly("secretsmanager:GetSecretValue");
    assertThat(actions(signing(KMS), "ProvisionRole")).containsExactly("kms:GetPublicKey");
    assertThat(actions(signing(SECRET), "ProvisionRole"))
        .containsExactly("secretsmanager:DescribeSecret");
    assertThat(policies(signing(KMS), "ServeRole")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ValidateRole, io.narthex.validate.ValidateWiring",
    "ServeRole, io.narthex.serve.ServeWiring",
    "ProvisionRole, io.narthex.provision.ProvisionWiring",
  })
  void mayDoExactlyWhatItsCodeCanCall(String role, String wiring) {
    var callable = new TreeSet<>(AwsActions.of(ReachableCalls.from(wiring)));
    callable.removeIf(action -> !action.matches("(kms|secretsmanager):.*"));
    var allowed = new TreeSet<>(actions(signing(KMS), role));
    allowed.addAll(actions(signing(SECRET), role));
    assertThat(callable).isEqualTo(allowed);
  }

  @Test
  void putsThePublicHalfIntoTheOutputs() {
    assertThat(SampleStack.byDefault().output("NixConf")).contains("cache.nixos.org-1:");
    assertThat(signing(KMS).output("NixConf"))
        .contains("extra-trusted-public-keys = " + SampleStack.SIGNING_PUBLIC_KEY);
    assertThat(signing(SECRET).output("NixConf"))
        .contains("extra-trusted-public-keys = cache.example.com-1:PUBLIC-KEY");
    assertThat(signing(KMS).outputs())
        .contains("SigningPublicKey")
        .doesNotContain("SigningPublicKeyCommand");
    assertThat(signing(SECRET).output("SigningPublicKeyCommand")).contains("--secret-id " + SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {KMS, SECRET})
  void takesTheArnOfAKey(String arn) {
    assertThat(arn).matches(pattern());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-west-2:111122223333:alias/narthex",
        "arn:aws:kms:eu-west-2:111122223333:key/*",
        "arn:aws:secretsmanager:eu-west-2:111122223333:secret:narthex",
        "arn:aws:secretsmanager:eu-west-2:111122223333:secret:*",
        "arn:aws:s3:::bucket",
      })
  void takesNoOtherArn(String arn) {
    assertThat(arn).doesNotMatch(pattern());
  }

  private static Pattern pattern() {
    return Pattern.compile(
        String.valueOf(at(TEMPLATE, "Parameters", "SigningKey", "AllowedPattern")));
  }

  @Test
  void refusesToTrustUploadersWithoutAKey() {
    Map<String, Object> rule = map(at(TEMPLATE, "Rules", "UploadersAreSignedFor"));
    assertThat(rule.get("RuleCondition"))
        .isEqualTo(Map.of("Fn::Equals", List.of(Map.of("Ref", "Trust"), "uploaders")));
  }
}

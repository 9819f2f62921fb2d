package io.narthex.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.aws.env.InvalidEnvironmentException;
import io.narthex.aws.signing.SigningKey;
import io.narthex.cache.settings.Audience;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.TrustMode;
import io.narthex.nix.signature.KeyName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisionPropertiesTest {
  private static final String KEY =
      "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("Attach", "false"),
          Map.entry("StoreDir", "/nix/store"),
          Map.entry("TrustedPublicKeys", KEY),
          Map.entry("RequiredSignatures", "1"),
          Map.entry("Closure", "strict"),
          Map.entry("Undeclared", "warn"),
          Map.entry("Upstreams", ""),
          Map.entry("Audiences", ""),
          Map.entry("MaxNarGiB", "16"),
          Map.entry("GraceMinutes", "60"),
          Map.entry("Priority", "41"),
          Map.entry("ReadWaitSeconds", "5"),
          Map.entry("Trust", "signatures"),
          Map.entry("SigningKey", ""),
          Map.entry("SigningKeyName", ""));
  private static final String KMS_KEY =
      "arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  private static ProvisionProperties with(String name, String value) {
    var properties = new HashMap<>(DEFAULTS);
    properties.put(name, value);
    return ProvisionProperties.from(properties);
  }

  @Test
  void areTheDefaultsOfTheSettingsByDefault() {
    ProvisionProperties properties = ProvisionProperties.from(DEFAULTS);
    assertThat(properties.attach()).isFalse();
    assertThat(properties.settings())
        .isEqualTo(Settings.trusting(properties.settings().trustedPublicKeys()));
  }

  @Test
  void readsAudiences() {
    assertThat(with("Audiences", "b=b-1,c=c-cache-2").settings().audiences())
        .containsExactly(Audience.parse("b=b-1"), Audience.parse("c=c-cache-2"));
  }

  private static ProvisionProperties signing(String name, String trust) {
    var properties = new HashMap<>(DEFAULTS);
    properties.put("SigningKey", KMS_KEY);
    properties.put("SigningKeyName", name);
    properties.put("Trust", trust);
    return ProvisionProperties.from(properties);
  }

  @Test
  void nameTheSigningKey() {
    assertThat(signing("cache-1", "signatures").signingKey())
        .contains(new SigningKey.KmsKey(KMS_KEY, new KeyName("cache-1")));
    assertThat(ProvisionProperties.from(DEFAULTS).signingKey()).isEmpty();
  }

  @Test
  void trustUploadersOnlyInACacheThatSigns() {
    assertThat(signing("cache-1", "uploaders").settings().trust()).isEqualTo(TrustMode.UPLOADERS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with("Trust", "uploaders"))
        .withMessageStartingWith("Trust=uploaders needs SigningKey");
  }

  @Test
  void refuseToSignUnderTheNameOfAKeyThatIsTrusted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signing("cache.nixos.org-1", "signatures"))
        .withMessageContaining("SigningKeyName");
  }

  @Test
  void mayTrustNobody() {
    assertThat(with("TrustedPublicKeys", "").settings().trustedPublicKeys()).isEmpty();
  }

  @Test
  void readSeveralUpstreams() {
    String two = "https://cache.nixos.org " + KEY + ", http://10.0.0.1:8080/x  " + KEY;
    assertThat(with("Upstreams", two).settings().upstreams())
        .extracting(upstream -> upstream.url().toString())
        .containsExactly("https://cache.nixos.org", "http://10.0.0.1:8080/x");
  }

  @Test
  void readModesAsTheTemplateWritesThem() {
    assertThat(with("Closure", "warn").settings().closure()).isEqualTo(ClosureMode.WARN);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "TrustedPublicKeys, nonsense, ''",
    "RequiredSignatures, many, ''",
    "Closure, loose, not one of strict and warn: loose",
    "Undeclared, strict, not one of warn and reject: strict",
    "Upstreams, https://cache.nixos.org, 'not a URL, a space and a public key'",
    "StoreDir, nix, ''",
    "Attach, perhaps, not one of true and false: perhaps",
    "Trust, everybody, not one of signatures and uploaders: everybody",
  })
  void nameTheOneThatIsWrong(String name, String value, String why) {
    InvalidEnvironmentException thrown =
        catchThrowableOfType(InvalidEnvironmentException.class, () -> with(name, value));
    assertThat(thrown.problems()).hasSize(1);
    assertThat(thrown.problems().getFirst()).startsWith(name + ": " + why);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({"RequiredSignatures, 0", "GraceMinutes, -5", "MaxNarGiB, 0"})
  void refuseNumbersThatMakeNoSettings(String name, String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> with(name, value));
  }

  @Test
  void nameAllThatAreMissing() {
    InvalidEnvironmentException thrown =
        catchThrowableOfType(
            InvalidEnvironmentException.class, () -> ProvisionProperties.from(Map.of()));
    assertThat(thrown.problems()).hasSize(10).contains("Closure is not set");
  }
}

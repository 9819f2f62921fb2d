package io.narthex.aws.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** Against a key that is real, behind answers as KMS documents them. */
class KmsSignerTest {
  private static final String ARN =
      "arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final SigningKey.KmsKey KEY =
      new SigningKey.KmsKey(ARN, new KeyName("cache.example.com-1"));

  private final KeyEndpoint endpoint = new KeyEndpoint();
  private final KmsClient kms = endpoint.kms();
  private final KmsSigner signer = new KmsSigner(kms, KEY);
  private final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

  KmsSignerTest() throws IOException, GeneralSecurityException {}

  @BeforeEach
  void answersAsDocumented() {
    endpoint.on("TrentService.GetPublicKey", fields -> publicKey("ECC_NIST_EDWARDS25519"));
    endpoint.on("TrentService.Sign", this::sign);
  }

  @AfterEach
  void stop() {
    kms.close();
    endpoint.close();
  }

  private String publicKey(String spec) {
    return """
        {"CustomerMasterKeySpec":"%1$s","KeyId":"%2$s","KeySpec":"%1$s","KeyUsage":"SIGN_VERIFY",
        "PublicKey":"%3$s","SigningAlgorithms":["ED25519_SHA_512","ED25519_PH_SHA_512"]}"""
        .formatted(spec, ARN, base64(pair.getPublic().getEncoded()));
  }

  private String sign(Map<String, String> fields) throws KeyEndpoint.Refusal {
    byte[] message = Base64.getDecoder().decode(fields.get("Message"));
    if (message.length == 0 || message.length > 4096) {
      throw new KeyEndpoint.Refusal("ValidationException", "at 'message' failed to satisfy length");
    }
    assertThat(fields)
        .containsOnlyKeys("KeyId", "Message", "MessageType", "SigningAlgorithm")
        .containsEntry("KeyId", ARN)
        .containsEntry("MessageType", "RAW")
        .containsEntry("SigningAlgorithm", "ED25519_SHA_512");
    return "{\"KeyId\":\"%s\",\"Signature\":\"%s\",\"SigningAlgorithm\":\"ED25519_SHA_512\"}"
        .formatted(ARN, base64(signature(message)));
  }

  private byte[] signature(byte[] message) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(message);
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String fingerprint(int bytes) {
    String start = "1;/nix/store/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-hello-2.10;é";
    return start + "x".repeat(bytes - start.getBytes(UTF_8).length);
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {100, 4096})
  void signsAsNixVerifies(int bytes) {
    Signing signing = signer.sign(fingerprint(bytes));

    assertThat(signing).isInstanceOf(Signing.Signed.class);
    assertThat(
            TrustedPublicKeys.of(List.of(signer.publicKey()))
                .verify(fingerprint(bytes), List.of(((Signing.Signed) signing).sig()))
                .goodNames())
        .containsExactly(KEY.name());
  }

  @Test
  void refusesWhatKmsDoesNotTakeWithoutAskingIt() {
    assertThat(signer.sign(fingerprint(4097)))
        .isEqualTo(
            new Signing.Refused("a fingerprint of at most 4096 bytes, as KMS signs", "4097 bytes"));
    assertThat(endpoint.asked()).isEmpty();
  }

  @Test
  void asksForThePublicKeyOnce() {
    PublicKey first = signer.publicKey();
    assertThat(signer.publicKey()).isEqualTo(first);
    assertThat(endpoint.asked())
        .containsExactly(new KeyEndpoint.Asked("TrentService.GetPublicKey", Map.of("KeyId", ARN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECC_NIST_P256", "ECC_SECG_P256K1", "RSA_2048", "ML_DSA_44"})
  void refusesAKeyOfAnotherSpec(String spec) {
    endpoint.on("TrentService.GetPublicKey", fields -> publicKey(spec));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(signer::publicKey)
        .withMessage(
            "%s is a key of %s for SIGN_VERIFY, not of ECC_NIST_EDWARDS25519 for SIGN_VERIFY"
                .formatted(ARN, spec));
  }

  @ParameterizedTest
  @CsvSource({
    "DisabledException, is disabled",
    "KMSInvalidStateException, is pending deletion",
    "NotFoundException, does not exist",
    "AccessDeniedException, is not authorized",
  })
  void saysWhyTheKeyCannotBeUsedAndAsksAgain(String type, String why) {
    endpoint.on(
        "TrentService.GetPublicKey",
        fields -> {
          throw new KeyEndpoint.Refusal(type, ARN + " " + why);
        });
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(signer::publicKey)
        .withMessageStartingWith("GetPublicKey " + ARN)
        .withMessageContaining(why);
    answersAsDocumented();
    assertThat(signer.publicKey().name()).isEqualTo(KEY.name());
  }

  @Test
  void failsIfItMayNotSign() {
    endpoint.on(
        "TrentService.Sign",
        fields -> {
          throw new KeyEndpoint.Refusal("AccessDeniedException", "no");
        });
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> signer.sign("1;x"))
        .withMessageStartingWith("Sign " + ARN);
  }

  @Test
  void failsOnASignatureOfAnotherLength() {
    endpoint.on("TrentService.Sign", fields -> "{\"Signature\":\"AAAA\"}");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> signer.sign("1;x"))
        .withMessageContaining("3 bytes");
  }
}

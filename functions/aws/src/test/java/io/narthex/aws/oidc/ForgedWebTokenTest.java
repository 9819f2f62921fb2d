package io.narthex.aws.oidc;

import static io.narthex.aws.oidc.SigningKeys.base64;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.principal.OidcCallers;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that their issuer did not sign, by every way that is known. */
class ForgedWebTokenTest {
  private static final SigningKeys.Key RSA = SigningKeys.rsa("rsa-1");
  private static final SigningKeys.Key EC = SigningKeys.ec("ec-1");
  private static final SigningKeys.Key ED = SigningKeys.ed25519("ed-1");
  private static final SigningKeys.Key MALLORY = SigningKeys.rsa("rsa-1");

  private LoopbackIssuer issuer;
  private OidcCallers callers;

  @BeforeEach
  void publishKeys() throws IOException {
    issuer = new LoopbackIssuer();
    issuer.has(RSA, EC, ED);
    callers = issuer.callers();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  static Stream<SigningKeys.Key> keys() {
    return Stream.of(RSA, EC, ED);
  }

  private void assertRefused(String token) {
    assertThat(callers.identify(token))
        .isInstanceOfSatisfying(
            OidcCallers.Unknown.class,
            unknown -> assertThat(unknown.reason()).doesNotContain(token.split("\\.")[1]));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void takesWhatTheIssuerSigned(SigningKeys.Key key) {
    assertThat(callers.identify(key.sign(issuer.claims())))
        .isInstanceOfSatisfying(
            OidcCallers.Known.class,
            known -> assertThat(known.subject()).isEqualTo("repo:acme/site"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesAnotherPayloadUnderTheSignature(SigningKeys.Key key) {
    String[] parts = key.sign(issuer.claims()).split("\\.");
    String other = issuer.claims().replace("acme/site", "acme/evil");
    assertRefused(parts[0] + "." + base64(other.getBytes(UTF_8)) + "." + parts[2]);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesAlgNoneWithAndWithoutASignature(SigningKeys.Key key) {
    String[] parts = key.sign("{\"alg\":\"none\"}", issuer.claims()).split("\\.");
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused(String.join(".", parts));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void refusesHmacWithThePublicKeyAsItsSecret(SigningKeys.Key key) throws GeneralSecurityException {
    byte[] der = key.pair().getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : new byte[][] {der, pem.getBytes(UTF_8), key.jwk().getBytes(UTF_8)}) {
      assertRefused(hmac("{\"alg\":\"HS256\",\"kid\":\"" + key.id() + "\"}", secret));
      assertRefused(hmac("{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(key.alg(), key.id()), secret));
    }
  }

  private String hmac(String header, byte[] secret) throws GeneralSecurityException {
    String signed = base64(header.getBytes(UTF_8)) + "." + base64(issuer.claims().getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return signed + "." + base64(mac.doFinal(signed.getBytes(US_ASCII)));
  }

  @Test
  void refusesTheKeyThatATokenBringsWithIt() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"%s\":%s}";
    String jwk = "{" + MALLORY.parameters() + "}";
    assertRefused(MALLORY.sign(header.formatted("jwk", jwk), issuer.claims()));
    assertRefused(
        MALLORY.sign(header.formatted("jku", "\"" + issuer.url() + "/evil\""), issuer.claims()));
    assertRefused(
        MALLORY.sign(header.formatted("x5u", "\"" + issuer.url() + "/evil\""), issuer.claims()));
    assertRefused(MALLORY.sign(header.formatted("x5c", "[\"MIIB\"]"), issuer.claims()));
    assertThat(issuer.requests()).isEmpty();
  }

  @Test
  void refusesTheRightNameOfAKeyWithAnotherKey() {
    assertRefused(MALLORY.sign(issuer.claims()));
  }

  @Test
  void refusesWhatMustBeUnderstoodAndIsNot() {
    assertRefused(
        RSA.sign(
            "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"b64\"],\"b64\":false}",
            issuer.claims()));
  }

  @Test
  void refusesATokenInsideAToken() {
    String inner = RSA.sign(issuer.claims());
    assertRefused(RSA.sign("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", inner));
    assertRefused(RSA.sign("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"cty\":\"JWT\"}", inner));
  }

  @Test
  void refusesDuplicateClaimsWhoeverSignedThem() {
    assertRefused(RSA.sign(issuer.claims().replace("{", "{\"sub\":\"repo:acme/other\",")));
  }

  @Test
  void refusesTheKeyOfOneAlgorithmForAnother() {
    assertRefused(RSA.sign("{\"alg\":\"RS256\",\"kid\":\"ec-1\"}", issuer.claims()));
    assertRefused(RSA.sign("{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}", issuer.claims()));
    assertRefused(EC.sign("{\"alg\":\"EdDSA\",\"kid\":\"ec-1\"}", issuer.claims()));
  }

  @Test
  void refusesSignaturesOfZeros() {
    String[] parts = EC.sign(issuer.claims()).split("\\.");
    assertRefused(parts[0] + "." + parts[1] + "." + base64(new byte[64]));
    assertRefused(parts[0] + "." + parts[1] + "." + base64(new byte[1]));
  }

  @Test
  void refusesSignaturesInTheEncodingOfOthers() throws GeneralSecurityException {
    String[] parts = EC.sign(issuer.claims()).split("\\.");
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(EC.pair().getPrivate());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertRefused(parts[0] + "." + parts[1] + "." + base64(signature.sign()));
  }

  @Test
  void refusesATokenOfAnotherIssuerWithoutAskingIt() {
    assertRefused(RSA.sign(issuer.claims("https://evil.example.org")));
    assertRefused(RSA.sign(issuer.claims(issuer.url() + "/")));
    assertThat(issuer.requests()).isEmpty();
  }

  @Test
  void triesNoKeyAfterAnotherForATokenThatNamesNone() {
    String header = "{\"alg\":\"RS256\"}";
    assertThat(callers.identify(RSA.sign(header, issuer.claims())))
        .isInstanceOf(OidcCallers.Known.class);
    issuer.has(RSA, SigningKeys.rsa("rsa-2"));
    issuer.clock.advance(IssuerKeys.FRESH);
    assertRefused(RSA.sign(header, issuer.claims()));
  }

  @Test
  void refusesKeysThatAreTooShortOrNotForSignatures() {
    SigningKeys.Key weak = SigningKeys.rsa("weak", 1024);
    issuer.hasKeys(
        weak.jwk()
            + ","
            + RSA.jwk().replace("\"sig\"", "\"enc\"")
            + ",{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"oct\"}");
    assertRefused(weak.sign(issuer.claims()));
    assertRefused(RSA.sign(issuer.claims()));
  }
}

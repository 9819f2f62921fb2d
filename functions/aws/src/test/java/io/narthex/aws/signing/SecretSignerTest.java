package io.narthex.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Against answers as Secrets Manager documents them. */
class SecretSignerTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-2:111122223333:secret:narthex/cache-1-a1b2C3";
  private static final KeyName NAME = new KeyName("cache.example.com-1");
  private static final SigningKey.Secret SECRET = new SigningKey.Secret(ARN, NAME);
  private static final String GET = "secretsmanager.GetSecretValue";
  private static final String DESCRIBE = "secretsmanager.DescribeSecret";

  private final KeyEndpoint endpoint = new KeyEndpoint();
  private final SecretsManagerClient client = endpoint.secretsManager();
  private final MovableClock clock = new MovableClock();
  private final SecretSigner signer = new SecretSigner(client, SECRET, clock);
  private final SecretDescription description = new SecretDescription(client, SECRET);
  private final SecretKey key = SecretKey.generate(NAME);

  SecretSignerTest() throws IOException {}

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  private void holds(String text) {
    endpoint.on(
        GET,
        fields ->
            """
            {"ARN":"%s","CreatedDate":1.523477145713E9,"Name":"narthex/cache-1","SecretString":"%s",
            "VersionId":"a1b2c3d4-5678-90ab-cdef-EXAMPLE22222","VersionStages":["AWSCURRENT"]}"""
                .formatted(ARN, text.replace("\"", "\\\"").replace("\n", "\\n")));
  }

  @ParameterizedTest(name = "with \"{0}\" after it")
  @ValueSource(strings = {"", "\n"})
  void signsWithTheKeyInTheSecret(String end) {
    holds(key.serialize() + end);
    assertThat(signer.publicKey()).isEqualTo(key.publicKey());
    assertThat(signer.sign("1;x")).isEqualTo(new Signing.Signed(key.sign("1;x")));
    assertThat(endpoint.asked())
        .containsExactly(
            new KeyEndpoint.Asked(GET, Map.of("SecretId", ARN, "VersionStage", "AWSCURRENT")));
  }

  @Test
  void readsItAgainAfterFiveMinutes() {
    holds(key.serialize());
    signer.sign("1;x");
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    signer.sign("1;x");
    assertThat(endpoint.asked()).hasSize(1);
    SecretKey next = SecretKey.generate(NAME);
    holds(next.serialize());
    clock.advance(Duration.ofSeconds(1));
    assertThat(signer.publicKey()).isEqualTo(next.publicKey());
  }

  @Test
  void signsNothingOnceItMayNotBeRead() {
    holds(key.serialize());
    signer.sign("1;x");
    clock.advance(Duration.ofMinutes(5));
    endpoint.on(
        GET,
        fields -> {
          throw new KeyEndpoint.Refusal("AccessDeniedException", "not authorized");
        });
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> signer.sign("1;x"))
        .withMessageStartingWith("GetSecretValue " + ARN);
    holds(key.serialize());
    assertThat(signer.publicKey()).isEqualTo(key.publicKey());
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"{\"key\":\"VALUE\"}", "cache.example.com-1:VALUE", "VALUE", ""})
  void refusesWhatIsNoKeyAndShowsNothingOfIt(String text) {
    String secret = key.serialize().substring(NAME.name().length() + 1, 60);
    holds(text.replace("VALUE", secret));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(signer::publicKey)
        .withMessageStartingWith(ARN)
        .satisfies(
            e ->
                assertThat(e)
                    .hasStackTraceContaining("secret key")
                    .extracting(Throwable::toString)
                    .asString()
                    .doesNotContain(secret));
  }

  @Test
  void refusesAKeyOfAnotherName() {
    holds(SecretKey.generate(new KeyName("cache.example.com-2")).serialize());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(signer::publicKey)
        .withMessage(ARN + " holds the key cache.example.com-2, not cache.example.com-1");
  }

  @Test
  void refusesASecretOfBytes() {
    endpoint.on(GET, fields -> "{\"ARN\":\"%s\",\"SecretBinary\":\"AAAA\"}".formatted(ARN));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(signer::publicKey)
        .withMessage(ARN + " holds bytes, not text");
  }

  @Test
  void checksASecretWithoutReadingIt() {
    describes("\"VersionIdsToStages\":{\"a1b2\":[\"AWSCURRENT\"],\"c3d4\":[\"AWSPREVIOUS\"]}");
    description.check();
    assertThat(endpoint.targets()).containsExactly(DESCRIBE);
  }

  private void describes(String more) {
    endpoint.on(
        DESCRIBE,
        fields -> "{\"ARN\":\"%s\",\"Name\":\"narthex/cache-1\",%s}".formatted(ARN, more));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'\"Description\":\"\"', has no value",
    "'\"VersionIdsToStages\":{\"a1b2\":[\"AWSPENDING\"]}', has no value",
    "'\"DeletedDate\":1.5E9,\"VersionIdsToStages\":{\"a\":[\"AWSCURRENT\"]}', scheduled for deletion",
  })
  void saysWhyASecretCannotBeUsed(String answer, String why) {
    describes(answer);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(description::check)
        .withMessageStartingWith(ARN)
        .withMessageEndingWith(why);
  }

  @Test
  void saysThatThereIsNoSecret() {
    endpoint.on(
        DESCRIBE,
        fields -> {
          throw new KeyEndpoint.Refusal("ResourceNotFoundException", "can't find the secret");
        });
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(description::check)
        .withMessageStartingWith("DescribeSecret " + ARN)
        .withMessageContaining("can't find the secret");
  }
}

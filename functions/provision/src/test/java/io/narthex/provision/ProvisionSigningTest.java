package io.narthex.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stack that is given a key to sign with. */
class ProvisionSigningTest {
  private static final PublicKey OWN_KEY =
      SecretKey.generate(new KeyName("cache.example.com-1")).publicKey();

  private final SampleProvisioning sample = new SampleProvisioning();

  ProvisionSigningTest() throws IOException {}

  @AfterEach
  void stop() {
    sample.close();
  }

  private ObjectNode signing() throws IOException {
    var create = sample.event("create");
    SampleProvisioning.properties(create)
        .put("SigningKey", "arn:aws:kms:eu-west-2:111122223333:key/1234abcd")
        .put("SigningKeyName", OWN_KEY.name().name());
    return create;
  }

  @Test
  void tellsThePublicHalfOfTheSigningKeyForTheOutputsAndThePage()
      throws IOException, MalformedJsonException {
    sample.checksKey(key -> Optional.of(OWN_KEY));
    sample.handle(signing());
    assertThat(sample.settings().signingKey()).contains(OWN_KEY);
    assertThat(sample.endpoint().answer().get("Status").asText()).isEqualTo("SUCCESS");
    assertThat(sample.endpoint().answer().get("Data").get("SigningPublicKey").asText())
        .isEqualTo(OWN_KEY.toString());
  }

  @Test
  void saysWhyTheSigningKeyCannotBeUsedAndWritesNothing() throws IOException {
    sample.checksKey(
        key -> {
          throw new StoreException(key.arn() + " is disabled");
        });
    sample.handle(signing());
    assertThat(sample.failure())
        .isEqualTo("arn:aws:kms:eu-west-2:111122223333:key/1234abcd is disabled");
    assertThat(sample.state().requests()).isEmpty();
  }

  @Test
  void refusesASigningKeyThatIsTrustedInUploadsByAnotherName() throws IOException {
    sample.checksKey(key -> Optional.of(OWN_KEY));
    var create = signing();
    SampleProvisioning.properties(create).put("TrustedPublicKeys", "other-1:" + OWN_KEY.key());
    sample.handle(create);
    assertThat(sample.failure()).contains("must not be in TrustedPublicKeys");
    assertThat(sample.state().requests()).isEmpty();
  }
}

package io.narthex.aws.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.nix.signature.KeyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final String SECRET =
      "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:narthex/key-a1b2C3";
  private static final String KMS =
      "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab";

  @Test
  void isToldByItsArn() {
    assertThat(SigningKey.of(SECRET, "cache-1"))
        .isEqualTo(new SigningKey.Secret(SECRET, new KeyName("cache-1")));
    assertThat(SigningKey.of(KMS, "cache-1"))
        .isEqualTo(new SigningKey.KmsKey(KMS, new KeyName("cache-1")));
  }

  @Test
  void isAskedInTheRegionOfItsArn() {
    assertThat(SigningKey.of(SECRET, "cache-1").region()).isEqualTo("cn-north-1");
    assertThat(SigningKey.of(KMS, "cache-1").region()).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "narthex/key",
        "arn:aws:secretsmanager:eu-west-2:111122223333:secret:narthex/key",
        "arn:aws:kms:us-east-1:111122223333:alias/narthex",
        "arn:aws:kms:us-east-1:111122223333:key/*",
        "arn:aws:iam::111122223333:role/x",
        "name:c2VjcmV0",
      })
  void isNothingElse(String arn) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(arn, "cache-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a b"})
  void hasANameThatSignaturesCanCarry(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(KMS, name));
  }
}

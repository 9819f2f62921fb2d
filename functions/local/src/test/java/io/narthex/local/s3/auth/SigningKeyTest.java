package io.narthex.local.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SigningKeyTest {

  /** The first example of AWS's page on signature calculations in the Authorization header. */
  @Test
  void signsAsTheExampleOfAws() {
    SecretKey secret = new SecretKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    Credential credential =
        Credential.parse("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
    String toSign =
        """
        AWS4-HMAC-SHA256
        20130524T000000Z
        20130524/us-east-1/s3/aws4_request
        7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972""";
    assertThat(SigningKey.derive(secret, credential).sign(toSign))
        .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void keysDoNotPrint() {
    SecretKey secret = new SecretKey("secret");
    Credential credential = Credential.parse("ID/20130524/us-east-1/s3/aws4_request");
    assertThat(secret + " " + SigningKey.derive(secret, credential))
        .isEqualTo("SecretKey SigningKey");
  }
}

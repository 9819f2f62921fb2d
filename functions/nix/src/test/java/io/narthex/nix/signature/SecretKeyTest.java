package io.narthex.nix.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.text.NixBase64;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretKeyTest {
  private static final KeyName NAME = new KeyName("cache.example.org-1");

  @Test
  void signsWhatItsPublicKeyVerifies() {
    SecretKey key = SecretKey.generate(NAME);
    Sig sig = key.sign("1;/nix/store/…");

    SignatureCheck check =
        TrustedPublicKeys.of(List.of(key.publicKey())).verify("1;/nix/store/…", List.of(sig));

    assertThat(check.good()).containsExactly(key.publicKey());
  }

  @Test
  void survivesItsKeyFile() {
    SecretKey key = SecretKey.generate(NAME);
    SecretKey again = SecretKey.parse(key.serialize() + "\n");

    assertThat(again.publicKey()).isEqualTo(key.publicKey());
    assertThat(again.sign("x")).isEqualTo(key.sign("x"));
    assertThat(again.serialize()).isEqualTo(key.serialize()).startsWith(NAME + ":");
  }

  @Test
  void everyGeneratedKeyIsAnother() {
    assertThat(SecretKey.generate(NAME).publicKey())
        .isNotEqualTo(SecretKey.generate(NAME).publicKey());
  }

  @Test
  void neverPrintsTheSecret() {
    SecretKey key = SecretKey.generate(NAME);

    assertThat(key).hasToString("secret key cache.example.org-1");
  }

  @Test
  void refusesHalvesOfDifferentKeys() {
    byte[] one = secret(SecretKey.generate(NAME));
    byte[] other = secret(SecretKey.generate(NAME));
    System.arraycopy(other, 32, one, 32, 32);

    assertThatThrownBy(() -> SecretKey.parse(NAME + ":" + NixBase64.encode(one)))
        .hasMessage("secret key cache.example.org-1 holds another key's public half");
  }

  @Test
  void refusesOtherLengths() {
    byte[] secret = secret(SecretKey.generate(NAME));
    String seedOnly = NixBase64.encode(Arrays.copyOf(secret, 32));

    assertThatThrownBy(() -> SecretKey.parse(NAME + ":" + seedOnly))
        .hasMessage("secret key cache.example.org-1 has 32 bytes, not 64");
  }

  @Test
  void complaintsDoNotQuoteTheSecret() {
    assertThatThrownBy(() -> SecretKey.parse(NAME + ":s3cr3t*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret key cache.example.org-1 is not base64")
        .hasNoCause();
    assertThatThrownBy(() -> SecretKey.parse("s3cr3t")).hasMessage("secret key is not name:base64");
    assertThatThrownBy(() -> SecretKey.parse("s3c r3t:AAAA"))
        .hasMessage("secret key is not name:base64");
  }

  private static byte[] secret(SecretKey key) {
    return NixBase64.decode(key.serialize().substring(NAME.name().length() + 1));
  }
}

package io.narthex.nix.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.text.NixBase64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigTest {
  private static final String ZEROS = NixBase64.encode(new byte[64]);

  @Test
  void readsAndWrites() {
    Sig sig = Sig.parse("key-1:" + ZEROS);

    assertThat(sig.keyName()).isEqualTo(new KeyName("key-1"));
    assertThat(sig.signature()).contains(Ed25519Signature.of(new byte[64]));
    assertThat(sig).hasToString("key-1:" + ZEROS);
  }

  @Test
  void isTheSameHoweverItIsPadded() {
    assertThat(Sig.parse("k:" + ZEROS.replace("=", ""))).isEqualTo(Sig.parse("k:" + ZEROS));
    assertThat(Sig.parse("k:" + ZEROS + "=junk")).isEqualTo(Sig.parse("k:" + ZEROS));
  }

  @Test
  void keepsSignaturesOfTheWrongLength() {
    Sig sig = Sig.parse("k:AAAA");

    assertThat(sig.signature()).isEmpty();
    assertThat(sig).hasToString("k:AAAA");
  }

  @Test
  void endsTheNameAtTheFirstColon() {
    assertThatThrownBy(() -> Sig.parse("a:b:AAAA")).hasMessage("not base64: 'b:AAAA'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key", ":", "key:", ":AAAA", "key:=", "key:A", "k y:AAAA", "k:AA AA"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> Sig.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void publicKeysReadAndWrite() {
    String text = "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    assertThat(PublicKey.parse(text)).hasToString(text);
    assertThatThrownBy(() -> PublicKey.parse("k:AAAA"))
        .hasMessage("public key has 3 bytes, not 32");
  }
}

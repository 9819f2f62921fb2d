package io.narthex.nix.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedPublicKeysTest {
  private static final String MESSAGE = "1;/nix/store/x;sha256:y;1;";
  private static final SecretKey ALICE = SecretKey.generate(new KeyName("alice"));
  private static final SecretKey BOB = SecretKey.generate(new KeyName("bob"));
  private static final SecretKey MALLORY = SecretKey.generate(new KeyName("mallory"));
  private static final TrustedPublicKeys KEYS =
      TrustedPublicKeys.of(List.of(ALICE.publicKey(), BOB.publicKey()));

  @Test
  void countsKeysThatSigned() {
    SignatureCheck check = KEYS.verify(MESSAGE, List.of(ALICE.sign(MESSAGE), BOB.sign(MESSAGE)));

    assertThat(check.goodNames()).containsExactlyInAnyOrder(ALICE.name(), BOB.name());
    assertThat(check.distinctKeys()).isEqualTo(2);
    assertThat(check.forged()).isEmpty();
    assertThat(check.malformed()).isEmpty();
    assertThat(check.unknown()).isEmpty();
  }

  @Test
  void setsAsideSignaturesByUntrustedKeys() {
    Sig sig = MALLORY.sign(MESSAGE);

    SignatureCheck check = KEYS.verify(MESSAGE, List.of(sig));

    assertThat(check.good()).isEmpty();
    assertThat(check.unknown()).containsExactly(sig);
  }

  @Test
  void namesForgeriesUnderATrustedName() {
    Sig forged = new Sig(ALICE.name(), MALLORY.sign(MESSAGE).base64());
    Sig ofAnother = ALICE.sign(MESSAGE + "x");

    SignatureCheck check = KEYS.verify(MESSAGE, List.of(forged, ofAnother));

    assertThat(check.good()).isEmpty();
    assertThat(check.forged()).containsExactly(forged, ofAnother);
  }

  @Test
  void aGoodSignatureCountsBesideAForgedOneOfTheSameName() {
    Sig forged = new Sig(ALICE.name(), MALLORY.sign(MESSAGE).base64());

    SignatureCheck check = KEYS.verify(MESSAGE, List.of(forged, ALICE.sign(MESSAGE)));

    assertThat(check.goodNames()).containsExactly(ALICE.name());
    assertThat(check.forged()).containsExactly(forged);
  }

  @Test
  void namesSignaturesOfTheWrongLengthUnderATrustedName() {
    Sig malformed = Sig.parse("alice:AAAA");

    SignatureCheck check = KEYS.verify(MESSAGE, List.of(malformed, Sig.parse("eve:AAAA")));

    assertThat(check.malformed()).containsExactly(malformed);
    assertThat(check.unknown()).containsExactly(Sig.parse("eve:AAAA"));
  }

  @Test
  void countsOneKeyUnderTwoNamesOnce() {
    var alias = new PublicKey(new KeyName("alice-2"), ALICE.publicKey().key());
    var keys = TrustedPublicKeys.of(List.of(ALICE.publicKey(), alias));
    Sig sig = ALICE.sign(MESSAGE);

    SignatureCheck check = keys.verify(MESSAGE, List.of(sig, new Sig(alias.name(), sig.base64())));

    assertThat(check.goodNames()).containsExactlyInAnyOrder(ALICE.name(), alias.name());
    assertThat(check.distinctKeys()).isEqualTo(1);
  }

  @Test
  void countsOneKeyThatSignedTwiceOnce() {
    Sig sig = ALICE.sign(MESSAGE);

    assertThat(KEYS.verify(MESSAGE, List.of(sig, sig)).distinctKeys()).isEqualTo(1);
  }

  @Test
  void trustsTheFirstKeyOfAName() {
    var second = new PublicKey(ALICE.name(), BOB.publicKey().key());
    var keys = TrustedPublicKeys.parse(ALICE.publicKey() + "  " + second + "\n");

    assertThat(keys.keys()).containsExactly(ALICE.publicKey());
    assertThat(keys.named(ALICE.name())).contains(ALICE.publicKey());
  }

  @Test
  void trustsNobodyByDefault() {
    SignatureCheck check =
        TrustedPublicKeys.parse(" \n").verify(MESSAGE, List.of(ALICE.sign(MESSAGE)));

    assertThat(check.good()).isEmpty();
    assertThat(check.unknown()).hasSize(1);
  }

  @Test
  void refusesAListWithAKeyThatIsNone() {
    assertThatThrownBy(() -> TrustedPublicKeys.parse(ALICE.publicKey() + " bob"))
        .hasMessage("not name:base64: 'bob'");
  }

  @Test
  void asksAnotherVerifierIfTold() {
    TrustedPublicKeys credulous = KEYS.verifiedBy((key, message, signature) -> true);
    Sig forged = new Sig(ALICE.name(), MALLORY.sign(MESSAGE).base64());

    assertThat(credulous.verify(MESSAGE, List.of(forged)).goodNames())
        .containsExactly(ALICE.name());
  }
}

package io.narthex.nix.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.SecretKey;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NarInfoTest {
  private static final StorePath A = StorePath.parse("00bgd045z0d4icpbc2yyz4gx48ak44la-a");
  private static final StorePath B = StorePath.parse("0a3yijp35sygmy51cnrrz11vimwapz7c-b");
  private static final Hash HASH = HashAlgorithm.SHA256.hash(new byte[0]);
  private static final NarInfo INFO =
      NarInfo.unsigned(StoreDir.DEFAULT, A, HASH, 112, List.of(B, A), "nar/a.nar");

  @Test
  void fingerprintsItsSignedFields() {
    assertThat(INFO.fingerprint())
        .isEqualTo("1;/nix/store/" + A + ";" + HASH + ";112;/nix/store/" + A + ",/nix/store/" + B);
  }

  @Test
  void fingerprintDoesNotDependOnTheOrderGiven() {
    var backwards = new TreeSet<StorePath>(Comparator.reverseOrder());
    backwards.addAll(List.of(A, B));

    assertThat(NarInfo.unsigned(StoreDir.DEFAULT, A, HASH, 112, backwards, "nar/a.nar"))
        .isEqualTo(INFO)
        .returns(INFO.fingerprint(), NarInfo::fingerprint);
  }

  @Test
  void fingerprintEndsInASemicolonWithoutReferences() {
    assertThat(
            NarInfo.unsigned(StoreDir.DEFAULT, A, HASH, 112, List.of(), "nar/a.nar").fingerprint())
        .isEqualTo("1;/nix/store/" + A + ";" + HASH + ";112;");
  }

  @Test
  void keepsTheSpaceOfEmptyReferences() {
    assertThat(NarInfo.unsigned(StoreDir.DEFAULT, A, HASH, 112, List.of(), "nar/a.nar").write())
        .contains("\nReferences: \n");
  }

  @Test
  void addsSignaturesThatVerify() {
    SecretKey key = SecretKey.generate(new KeyName("k"));
    NarInfo signed = INFO.withSig(key.sign(INFO.fingerprint()));

    assertThat(signed.fingerprint()).isEqualTo(INFO.fingerprint());
    assertThat(
            TrustedPublicKeys.of(List.of(key.publicKey()))
                .verify(signed.fingerprint(), signed.sigs())
                .goodNames())
        .containsExactly(key.name());
  }

  @Test
  void sortsItsSignatures() {
    NarInfo info = INFO.withSig(Sig.parse("b:AAAA")).withSig(Sig.parse("a:AAAA"));

    assertThat(info.sigs()).containsExactly(Sig.parse("a:AAAA"), Sig.parse("b:AAAA"));
  }

  @Test
  void aSignatureSurvivesAnotherFile() {
    NarInfo other = INFO.withFile("nar/b.nar.zst", Compression.ZSTD, HASH, 7).withDeriver(B);

    assertThat(other.fingerprint()).isEqualTo(INFO.fingerprint());
    assertThat(other.compression()).contains(Compression.ZSTD);
    assertThat(other.url()).isEqualTo("nar/b.nar.zst");
  }

  @Test
  void cannotHoldWhatWouldForgeLines() {
    assertThatThrownBy(() -> INFO.withFile("x\nSig: a:b", Compression.NONE, HASH, 1))
        .hasMessage("url is empty or has control characters");
  }

  @Test
  void cannotHoldSizesBelowOne() {
    assertThatThrownBy(() -> INFO.withFile("x", Compression.NONE, HASH, 0))
        .hasMessage("fileSize is 0");
  }

  @Test
  void collectionsCannotBeChanged() {
    assertThatThrownBy(() -> INFO.references().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> INFO.sigs().add(Sig.parse("a:AAAA")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> INFO.quirks().add(NarInfoQuirk.EMPTY_CA))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}

package io.narthex.nix.narinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Narinfos as the real cache served them. */
class CacheNixosOrgSampleTest {
  private static final List<String> TEXTS = NarInfoFixtures.cacheNixosOrg();

  @Test
  void holds489NarInfos() {
    assertThat(TEXTS).hasSize(489);
  }

  @Test
  void everyOneSurvivesWriting() throws MalformedNarInfoException {
    for (String text : TEXTS) {
      String written = NarInfo.parse(text).write();
      assertThat(NarInfo.parse(written).write()).isEqualTo(written);
      assertThat(NarInfo.parse(written).fingerprint()).isEqualTo(NarInfo.parse(text).fingerprint());
    }
  }

  @Test
  void everyOneWithoutQuirksIsWrittenAsItWas() throws MalformedNarInfoException {
    int plain = 0;
    for (String text : TEXTS) {
      NarInfo info = NarInfo.parse(text);
      if (info.quirks().isEmpty()) {
        assertThat(info.write()).isEqualTo(text);
        plain++;
      }
    }
    assertThat(plain).isEqualTo(487);
  }

  @Test
  void everySignatureVerifies() throws MalformedNarInfoException {
    TrustedPublicKeys keys = NarInfoFixtures.cacheNixosOrgKeys();
    for (String text : TEXTS) {
      NarInfo info = NarInfo.parse(text);
      assertThat(keys.verify(info.fingerprint(), info.sigs()).goodNames())
          .as(info.storePath().toString())
          .containsExactly(new KeyName("cache.nixos.org-1"));
    }
  }

  @Test
  void noSignatureVerifiesForAnotherSize() throws MalformedNarInfoException {
    TrustedPublicKeys keys = NarInfoFixtures.cacheNixosOrgKeys();
    for (String text : TEXTS.subList(0, 20)) {
      NarInfo info = NarInfo.parse(text.replaceFirst("NarSize: ", "NarSize: 1"));
      assertThat(keys.verify(info.fingerprint(), info.sigs()).forged())
          .containsExactlyElementsOf(info.sigs());
    }
  }

  @Test
  void everyContentAddressLeadsToItsStorePath() throws MalformedNarInfoException {
    int claims = 0;
    for (String text : TEXTS) {
      NarInfo info = NarInfo.parse(text);
      if (info.ca().isPresent()) {
        assertThat(
                StorePaths.fromContentAddress(
                    info.storeDir(),
                    info.storePath().name(),
                    info.ca().get(),
                    StoreReferences.of(info.storePath(), info.references())))
            .isEqualTo(new AddressedPath.Path(info.storePath()));
        claims++;
      }
    }
    assertThat(claims).isEqualTo(5);
  }
}

package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path of cache.nixos.org, and the archives of Nix's own tests. */
class RealDataTest {
  private static final PublicKey CACHE_NIXOS_ORG =
      PublicKey.parse("cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=");

  private final SampleStore store = new SampleStore(1);

  @Test
  void verifiesARealPathWhoseReferenceIsMissingWithAWarning() throws MalformedNarInfoException {
    Settings trusting = Settings.trusting(List.of(CACHE_NIXOS_ORG));
    MemoryCache cache =
        new MemoryCache(
            new Settings(
                trusting.storeDir(),
                trusting.trustedPublicKeys(),
                1,
                ClosureMode.WARN,
                trusting.undeclared(),
                trusting.upstreams(),
                trusting.maxNarSize(),
                trusting.grace(),
                trusting.priority(),
                trusting.readWait()));
    byte[] text = fixture("narinfo/net-tools-1.60.narinfo");
    NarInfo narInfo = NarInfo.parse(text);
    cache.cache().upload(narInfo.url(), fixture("nar/net-tools-1.60.nar"));
    cache.cache().upload(narInfo.storePath().hash() + ".narinfo", text);
    cache.drain();
    Report report = cache.report(narInfo.storePath().hash());
    assertThat(report.standing()).isEqualTo(Standing.VERIFIED);
    assertThat(report.checks())
        .filteredOn(outcome -> !outcome.warnings().isEmpty())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.check()).isEqualTo(CheckName.CLOSURE));
    assertThat(cache.isServed(narInfo.url())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"case", "one-byte", "unnormalized"})
  void verifiesAPathOfAValidArchive(String name) {
    MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    Upload upload = upload("nar/valid-" + name + ".nar");
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dot",
        "dotdot",
        "duplicate",
        "empty",
        "executable-after-contents",
        "name-after-node",
        "nul-character",
        "regular-one-byte-non-zero-padding",
        "regular-truncated-large-contents",
        "regular-truncated-padding",
        "slash",
        "tag-instead-of-contents"
      })
  void rejectsAPathOfAnInvalidArchiveAndSaysWhy(String name) {
    MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    Upload upload = upload("nar/invalid-" + name + ".nar");
    Unserved watch = Unserved.watch(cache, upload.narInfoKey(), upload.narKey());
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.report(upload.hash()).checks())
        .flatExtracting(outcome -> outcome.failures())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo(CheckName.ARCHIVE);
              assertThat(finding.actual()).matches(".{8,} at byte [0-9]+");
            });
    assertThat(watch.servedSoFar()).isEmpty();
  }

  private Upload upload(String fixture) {
    return Upload.of(BadInput.signed(store, fixture(fixture), Compression.NONE));
  }

  private static byte[] fixture(String name) {
    try (InputStream in = RealDataTest.class.getResourceAsStream("/fixtures/" + name)) {
      return requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

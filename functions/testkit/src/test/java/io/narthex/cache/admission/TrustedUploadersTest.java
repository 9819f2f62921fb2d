package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.settings.TrustMode;
import io.narthex.cache.signing.SecretKeySigner;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleRealisation;
import io.narthex.testkit.SampleStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache that signs, and trusts whoever may write to its bucket. */
class TrustedUploadersTest {
  private final SampleStore trusted = new SampleStore(1, "trusted-1");
  private final SampleStore stranger = new SampleStore(2, "stranger-1");
  private final SecretKey own = SecretKey.generate(new KeyName("cache-1"));
  private final Settings settings =
      Settings.trusting(List.of(trusted.publicKey())).with(TrustMode.UPLOADERS);
  private final MemoryCache cache =
      new MemoryCache(settings, Optional.of(new SecretKeySigner(own)));

  @BeforeEach
  void lookAtEverythingOnce() {
    cache.relook().run();
  }

  private static SamplePath unsigned(SampleStore store, String name) {
    return store.unsigned(name, Compression.XZ, List.of());
  }

  @Test
  void admitsAnUnsignedPathUnderTheCachesSignature() {
    SamplePath path = uploaded(unsigned(stranger, "hello-1.0"));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(text(path))
        .isEqualTo(
            path.narInfo().write() + "Sig: " + own.sign(path.narInfo().fingerprint()) + "\n");
    assertThat(signatures(path)).hasToString("Passed[note=by its uploader]");
  }

  @Test
  void admitsAPathThatOnlyAStrangerHasSigned() {
    SamplePath path = uploaded(stranger.path("hello-1.0"));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(text(path)).contains("Sig: stranger-1:", "Sig: cache-1:");
  }

  @Test
  void saysOfASignedPathWhoHasSignedIt() {
    SamplePath path = uploaded(trusted.path("hello-1.0"));
    assertThat(signatures(path)).hasToString("Passed[note=by trusted-1]");
  }

  @Test
  void passesOverASignatureThatDoesNotVerifyButNotOverOneThatIsNone() {
    SamplePath path = stranger.path("hello-1.0");
    Upload.of(path)
        .without("Sig")
        .more("Sig: " + trusted.secretKey().sign("1;other"))
        .to(cache.cache());
    SamplePath broken = stranger.path("broken-1.0");
    Upload.of(broken).more("Sig: trusted-1:AAAA").to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isThere(broken.narInfoKey())).isFalse();
  }

  @Test
  void stillChecksTheArchiveAndTheClosure() {
    SamplePath damaged = stranger.path("damaged-1.0");
    byte[] bytes = damaged.file();
    bytes[bytes.length / 2] ^= 1;
    uploaded(damaged.withFile(bytes));
    SamplePath dependency = stranger.path("dependency-1.0");
    SamplePath open = uploaded(stranger.path("open-1.0", dependency.storePath()));
    assertThat(cache.isThere(damaged.narInfoKey())).isFalse();
    assertThat(cache.verdict(open.narInfoKey())).contains(VerdictTag.WAITING);
    uploaded(dependency);
    assertThat(cache.isServed(open.narInfoKey())).isTrue();
  }

  @Test
  void hidesWhatIsRevoked() {
    SamplePath path = uploaded(unsigned(stranger, "hello-1.0"));
    new RevokedPaths(cache.state())
        .revoke(path.storePath().hash(), new Revocation("bad", Instant.EPOCH));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    uploaded(path);
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
  }

  @Test
  void hidesWhatARevokedKeyHasSignedByWhateverName() {
    SamplePath path = uploaded(stranger.path("hello-1.0"));
    SamplePath other = uploaded(unsigned(stranger, "other-1.0"));
    change(settings.without(List.of(stranger.publicKey())));
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    assertThat(signatures(path).toString()).contains("revoked: stranger-1");
    assertThat(cache.isServed(other.narInfoKey())).isTrue();
    change(settings.without(List.of(new PublicKey(new KeyName("x"), stranger.publicKey().key()))));
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    change(settings);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotTakeARealisationThatNobodyHasSigned() {
    SamplePath output = uploaded(unsigned(stranger, "hello-1.0"));
    SampleRealisation realisation = SampleRealisation.of(output.storePath(), stranger);
    cache.cache().upload(realisation.key(), realisation.text().getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(realisation.key())).isFalse();
  }

  @Test
  void hidesItAllWhenOnlySignaturesAreTrustedAgain() {
    SamplePath path = uploaded(unsigned(stranger, "hello-1.0"));
    change(settings.with(TrustMode.SIGNATURES));
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    change(settings);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void trustsNoUploaderWithoutAKeyToSignWith() {
    MemoryCache unsigning = new MemoryCache(settings.signingWith(own.publicKey()));
    SamplePath path = stranger.path("hello-1.0");
    path.uploadTo(unsigning.cache());
    unsigning.drain();
    assertThat(settings.trustsUploaders()).isFalse();
    assertThat(unsigning.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
  }

  @Test
  void changesTheDigestOnlyWhereItCounts() {
    Settings signatures = settings.with(TrustMode.SIGNATURES);
    List<PublicKey> revoked = List.of(stranger.publicKey());
    assertThat(SettingsJson.digest(settings)).isEqualTo(SettingsJson.digest(signatures));
    assertThat(digest(settings)).isNotEqualTo(digest(signatures));
    assertThat(digest(settings.without(revoked))).isNotEqualTo(digest(settings));
    assertThat(digest(signatures.without(revoked))).isEqualTo(digest(signatures));
  }

  private String digest(Settings of) {
    return SettingsJson.digest(of.signingWith(own.publicKey()));
  }

  private Object signatures(SamplePath path) {
    Report report = cache.report(path.storePath().hash());
    return report.checks().stream()
        .filter(outcome -> outcome.check() == CheckName.SIGNATURES)
        .map(CheckOutcome::result)
        .findFirst()
        .orElseThrow();
  }

  private String text(SamplePath path) {
    return new String(
        cache.cache().open(new ObjectKey(path.narInfoKey())).orElseThrow().readAll(), UTF_8);
  }

  private void change(Settings changed) {
    cache.settings(changed);
    cache.relook().run();
    cache.drain();
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }
}

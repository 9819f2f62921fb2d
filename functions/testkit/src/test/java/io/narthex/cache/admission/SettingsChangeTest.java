package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleRealisation;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what is trusted or demanded changes, everything is looked at again. */
class SettingsChangeTest {
  private final SampleStore store = new SampleStore(1, "first-1");
  private final SampleStore other = new SampleStore(2, "second-1");
  private final MemoryCache cache = new MemoryCache(trusting(store.publicKey()));

  @BeforeEach
  void lookAtEverythingOnce() {
    cache.relook().run();
  }

  private static Settings trusting(PublicKey... keys) {
    return Settings.trusting(List.of(keys));
  }

  @Test
  void hidesWhatAKeyVouchedForThatIsTrustedNoMore() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    SamplePath kept = uploaded(store.contentAddressed("source"));
    change(trusting(other.publicKey()));
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    assertThat(cache.isServed(kept.narInfoKey())).isTrue();
  }

  @Test
  void keepsWhatWasAdmittedBeyondTheGraceTimeUntilItsKeyIsTrustedAgain() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    change(trusting(other.publicKey()));
    cache.clock().advance(Duration.ofDays(2));
    cache.sweep().run(Duration.ofMinutes(5));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    change(trusting(store.publicKey()));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void hidesWhatWasDerivedFromItToo() {
    SamplePath path = uploaded(store.withDebugInfo("debug-1.0", "text"));
    List<String> derived =
        List.of(path.storePath().hash() + ".ls", "debuginfo/" + SampleStore.BUILD_ID + ".debug");
    assertThat(derived).allMatch(cache::isServed);
    change(trusting(other.publicKey()));
    assertThat(derived).noneMatch(cache::isServed);
    change(trusting(store.publicKey()));
    assertThat(derived).allMatch(cache::isServed);
  }

  @Test
  void hidesTheVersionsUnderItToo() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    uploaded(path);
    change(trusting(other.publicKey()));
    var key = new ObjectKey(path.narInfoKey());
    assertThat(cache.cache().versions(key))
        .hasSize(2)
        .noneMatch(v -> VerdictTag.isVerified(cache.cache().tags(key, v).orElseThrow()));
  }

  @Test
  void admitsWhatWaitedForAKeyThatIsTrustedNow() {
    SamplePath path = uploaded(other.path("hello-1.0"));
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    change(trusting(store.publicKey(), other.publicKey()));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void hidesAndKeepsWhatADemandRejectsThatCameLater() {
    SamplePath hidden = store.path("hidden-1.0");
    SamplePath path = uploaded(undeclaring(hidden));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    Settings strict = rejectingUndeclared(trusting(store.publicKey()));
    change(strict);
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.REJECTED);
    change(trusting(store.publicKey()));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void hidesAndKeepsRealisationsToo() {
    SamplePath output = uploaded(store.path("hello-1.0"));
    SampleRealisation realisation = SampleRealisation.of(output.storePath(), store);
    cache.cache().upload(realisation.key(), realisation.text().getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(realisation.key())).isTrue();
    change(trusting(other.publicKey()));
    assertThat(cache.verdict(realisation.key())).contains(VerdictTag.REJECTED);
    change(trusting(store.publicKey()));
    assertThat(cache.isServed(realisation.key())).isTrue();
  }

  @Test
  void goesOverALargeCachePieceByPieceAndOnlyOnce() {
    for (int i = 0; i < 12_000; i++) {
      String key = store.storePath("n").hash() + ".narinfo";
      cache.cache().upload(key, new byte[] {1});
    }
    cache.cache().announcing((event, key) -> {});
    cache.settings(trusting(other.publicKey()));
    int first = cache.relook().run();
    int second = cache.relook().run();
    assertThat(first).isEqualTo(10_000);
    assertThat(second).isEqualTo(2_000);
    assertThat(cache.relook().run()).isZero();
  }

  private SamplePath undeclaring(SamplePath hidden) {
    byte[] nar = SampleStore.directory("/nix/store/" + hidden.storePath() + "/bin");
    SamplePath path = store.of(store.storePath("undeclaring-1.0"), nar, Compression.XZ, List.of());
    return path.with(store.signed(path.narInfo()));
  }

  private static Settings rejectingUndeclared(Settings s) {
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        s.requiredSignatures(),
        ClosureMode.STRICT,
        UndeclaredMode.REJECT,
        s.upstreams(),
        s.maxNarSize(),
        s.grace(),
        s.priority(),
        s.readWait());
  }

  private void change(Settings settings) {
    cache.settings(settings);
    cache.relook().run();
    cache.drain();
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }
}

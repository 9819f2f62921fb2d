package io.narthex.cache.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask of a cache, against one that works. */
class OperateTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
  private final KnownPaths paths = new KnownPaths(cache.state()::open, cache.cache());
  private final ReportCount reports = new ReportCount(cache.state());
  private final List<ObjectKey> looks = new ArrayList<>();
  private final Revocations revocations =
      new Revocations(cache.state(), looks::addAll, cache.clock());

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }

  private static StorePathHash hash(SamplePath path) {
    return path.storePath().hash();
  }

  @Test
  void tellsWhatIsKnownOfAPathAtEveryMoment() {
    SamplePath path = store.path("hello-1.0");
    assertThat(paths.report(hash(path))).isEmpty();
    assertThat(paths.narInfoSays(hash(path))).isEqualTo("there is no narinfo of it");

    path.uploadTo(cache.cache());
    assertThat(paths.report(hash(path))).isEmpty();
    assertThat(paths.narInfoSays(hash(path)))
        .isEqualTo("its narinfo is there and has no verdict yet");
    assertThat(paths.isServed(hash(path))).isFalse();

    cache.drain();
    assertThat(paths.report(hash(path)).orElseThrow()).contains("\"verdict\" : \"verified\"");
    assertThat(paths.narInfoSays(hash(path))).isEqualTo("its narinfo is tagged verified");
    assertThat(paths.isServed(hash(path))).isTrue();
  }

  @Test
  void tellsTheVerdictOfThoseWhoseReportsItMayNotRead() {
    var unprivileged = new KnownPaths(key -> Optional.empty(), cache.cache());
    SamplePath path = uploaded(store.path("hello-1.0"));
    assertThat(unprivileged.report(hash(path))).isEmpty();
    assertThat(unprivileged.narInfoSays(hash(path))).isEqualTo("its narinfo is tagged verified");
  }

  @Test
  void countsByReports() {
    assertThat(reports.count(10)).isEqualTo(new StandingCounts(0, 0, 0, 0, true));
    for (int i = 0; i < 3; i++) {
      uploaded(store.path("verified-" + i));
    }
    uploaded(store.path("waiting-1.0", store.path("absent-1.0").storePath()));
    uploaded(new SampleStore(2).path("forged-1.0"));
    assertThat(reports.count(10)).isEqualTo(new StandingCounts(3, 1, 1, 5, true));
    assertThat(reports.count(5).isComplete()).isTrue();

    SamplePath removed = uploaded(store.path("removed-1.0"));
    cache.cache().delete(new ObjectKey(removed.narInfoKey()));
    cache.drain();
    assertThat(reports.count(10)).isEqualTo(new StandingCounts(3, 1, 1, 6, true));
  }

  @Test
  void readsNoMoreReportsThanItIsToldAndSaysThatItIsNotAll() {
    for (int i = 0; i < 4; i++) {
      uploaded(store.path("verified-" + i));
    }
    cache.state().forgetRequests();
    assertThat(reports.count(3)).isEqualTo(new StandingCounts(3, 0, 0, 3, false));
    assertThat(cache.state().requests()).hasSize(4);
    assertThatIllegalArgumentException().isThrownBy(() -> reports.count(0));
  }

  @Test
  void revokesAPathAndHasItLookedAtEveryTimeItIsSaid() {
    StorePathHash hash = hash(uploaded(store.path("hello-1.0")));
    assertThat(revocations.restore(hash)).isFalse();
    assertThat(revocations.revoke(hash, "a backdoor")).isTrue();
    assertThat(revocations.revoke(hash, "again")).isFalse();
    assertThat(revocations.restore(hash)).isTrue();
    assertThat(looks).hasSize(4).containsOnly(new ObjectKey(hash + ".narinfo"));
  }

  @Test
  void revokesAKeyWithoutAMessage() {
    assertThat(revocations.restore(store.publicKey())).isFalse();
    assertThat(revocations.revoke(store.publicKey(), "leaked")).isTrue();
    assertThat(revocations.revoke(store.publicKey(), "again")).isFalse();
    assertThat(revocations.restore(store.publicKey())).isTrue();
    assertThat(looks).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesARevocationWithoutAReason(String reason) {
    StorePathHash hash = hash(store.path("hello-1.0"));
    assertThatIllegalArgumentException().isThrownBy(() -> revocations.revoke(hash, reason));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> revocations.revoke(store.publicKey(), reason));
    assertThat(cache.state().requests()).isEmpty();
  }
}

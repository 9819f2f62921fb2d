package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.admission.AuditedVerdicts.Written;
import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.Judged;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.operate.Revocations;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.AudienceTags;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cache that an audit has judged, and what the verifying function does with it from then on. */
final class AdoptionTest {
  private static final Finding FINDING = new Finding(CheckName.NAR_HASH, "NarHash", "one", "other");

  private final SampleStore store = new SampleStore(1);
  private final SampleStore others = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
  private final AuditedVerdicts verdicts = new AuditedVerdicts(cache.cache(), "");

  /** A path that was there before anybody listened. */
  private SamplePath old(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.loseEvents();
    return path;
  }

  private VersionId version(String key) {
    return cache.cache().tags(new ObjectKey(key)).orElseThrow().version();
  }

  private Written audited(SamplePath path, AuditVerdict verdict) {
    List<AuditFinding> findings =
        verdict == AuditVerdict.VERIFIED
            ? List.of()
            : List.of(new AuditFinding(AuditFinding.Weight.FAILED, FINDING));
    AuditedPath said =
        new AuditedPath(
            path.storePath().hash(),
            Optional.of(path.storePath().toString()),
            verdict,
            Optional.empty(),
            findings,
            Optional.empty(),
            List.of());
    return verdicts.write(
        new Judged(
            said,
            Optional.of(version(path.narInfoKey())),
            NarPath.at(path.narKey()),
            Optional.of(version(path.narKey()))));
  }

  private void lookAtAll() {
    int pages = 0;
    while (cache.relook().run() > 0 && pages++ < 100) {
      cache.drain();
    }
    cache.drain();
    cache.clock().advance(Duration.ofHours(2));
    cache.sweep().run(Duration.ZERO);
    cache.drain();
  }

  private SamplePath corrupt(SamplePath path) {
    byte[] bytes = path.file();
    bytes[bytes.length / 2] ^= 1;
    return path.withFile(bytes);
  }

  @Test
  void whatIsGoodIsServedBeforeAndAfterTheFunctionHasLooked() {
    SamplePath path = old(store.path("hello-1.0"));
    assertThat(audited(path, AuditVerdict.VERIFIED)).isEqualTo(Written.DONE);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
    lookAtAll();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.storePath().hash() + ".ls")).isTrue();
  }

  @Test
  void whatIsBadIsHiddenAndNeverDeleted() {
    SamplePath path = old(corrupt(store.path("hello-1.0")));
    audited(path, AuditVerdict.REJECTED);
    lookAtAll();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.REJECTED);
    assertThat(cache.isThere(path.narKey())).isTrue();
  }

  @Test
  void whatNobodyHasSignedWaitsForEver() {
    SamplePath path = old(store.unsigned("hello-1.0", Compression.XZ, List.of()));
    audited(path, AuditVerdict.WAITING);
    lookAtAll();
    lookAtAll();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    assertThat(cache.isThere(path.narKey())).isTrue();
  }

  @Test
  void whatTheSettingsOfTheCacheDoNotTrustIsHiddenAndNeverDeleted() {
    SamplePath path = old(others.path("hello-1.0"));
    audited(path, AuditVerdict.VERIFIED);
    lookAtAll();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(cache.isThere(path.narInfoKey())).isTrue();
    assertThat(cache.isThere(path.narKey())).isTrue();
  }

  @Test
  void aPathWhoseNarHasNotComeWaitsForEver() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    VersionId narInfo = version(path.narInfoKey());
    cache.cache().delete(new ObjectKey(path.narKey()), version(path.narKey()));
    cache.loseEvents();
    verdicts.write(
        new Judged(
            new AuditedPath(
                path.storePath().hash(),
                Optional.empty(),
                AuditVerdict.WAITING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of()),
            Optional.of(narInfo),
            Optional.empty(),
            Optional.empty()));
    lookAtAll();
    lookAtAll();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
  }

  @Test
  void aBadPathHealsWhenItIsPushedAgain() {
    SamplePath good = store.path("hello-1.0");
    SamplePath bad = old(corrupt(good));
    audited(bad, AuditVerdict.REJECTED);
    lookAtAll();
    VersionId adopted = version(bad.narInfoKey());

    bad.uploadTo(cache.cache());
    cache.drain();
    assertThat(version(bad.narInfoKey())).as("of two that say the same").isEqualTo(adopted);

    good.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(good.narInfoKey())).isTrue();
    assertThat(cache.isServed(good.narKey())).isTrue();
  }

  @Test
  void aLaterAuditMayRaiseWhatAnEarlierOneHasHidden() {
    SamplePath path = old(store.path("hello-1.0"));
    audited(path, AuditVerdict.REJECTED);
    assertThat(audited(path, AuditVerdict.VERIFIED)).isEqualTo(Written.DONE);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void noAuditRaisesARevokedPath() {
    SamplePath path = old(store.path("hello-1.0"));
    audited(path, AuditVerdict.VERIFIED);
    lookAtAll();
    var revocations =
        new Revocations(cache.state(), keys -> keys.forEach(cache::send), cache.clock());
    assertThat(revocations.revoke(path.storePath().hash(), "a backdoor")).isTrue();
    cache.drain();
    assertThat(audited(path, AuditVerdict.VERIFIED)).isEqualTo(Written.HIDDEN);
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(cache.isServed(path.narKey())).isFalse();

    assertThat(revocations.restore(path.storePath().hash())).isTrue();
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void tagsOfAudiencesStay() {
    SamplePath path = old(store.path("hello-1.0"));
    for (String key : List.of(path.narInfoKey(), path.narKey())) {
      ObjectKey object = new ObjectKey(key);
      cache
          .cache()
          .tag(
              object,
              version(key),
              AudienceTags.also(cache.cache().tags(object).orElseThrow().tags(), List.of("team")));
    }
    audited(path, AuditVerdict.VERIFIED);
    for (String key : List.of(path.narInfoKey(), path.narKey())) {
      assertThat(cache.cache().tags(new ObjectKey(key)).orElseThrow().tags().values())
          .containsEntry("nix-for-team", "yes")
          .containsEntry(VerdictTag.KEY, "verified");
    }
  }

  @Test
  void aVersionThatIsGoneIsNotTagged() {
    SamplePath path = old(store.path("hello-1.0"));
    VersionId narInfo = version(path.narInfoKey());
    AuditedPath said =
        new AuditedPath(
            path.storePath().hash(),
            Optional.empty(),
            AuditVerdict.WAITING,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of());
    cache.cache().delete(new ObjectKey(path.narInfoKey()), narInfo);
    assertThat(
            verdicts.write(
                new Judged(said, Optional.of(narInfo), Optional.empty(), Optional.empty())))
        .isEqualTo(Written.GONE);
  }

  @Test
  void itsReportSaysWhatIsWrong() {
    SamplePath path = old(corrupt(store.path("hello-1.0")));
    audited(path, AuditVerdict.REJECTED);
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(cache.report(path.storePath().hash()).checks())
        .anySatisfy(outcome -> assertThat(outcome.failures()).isNotEmpty());
  }
}

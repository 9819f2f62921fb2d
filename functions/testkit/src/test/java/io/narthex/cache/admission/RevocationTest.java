package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Standing;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store path that an administrator takes back. */
class RevocationTest {
  private static final String DEBUG_LINK = "debuginfo/" + SampleStore.BUILD_ID + ".debug";
  private static final Revocation BACKDOOR =
      new Revocation("has a backdoor", Instant.parse("2026-11-23T10:00:00Z"));

  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void takesAPathOutOfViewWithAllThatWasDerivedFromIt() {
    SamplePath path = uploaded(store.withDebugInfo("debug-1.0", "one"));
    assertAllServed(path);

    revoke(path);

    assertNothingServed(path);
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(cache.report(path.storePath().hash()).verdict().toString())
        .contains("has a backdoor");
    assertThat(cache.isThere(path.narInfoKey())).isTrue();
  }

  @Test
  void nothingAdmitsItAgain() {
    SamplePath path = uploaded(store.withDebugInfo("debug-1.0", "one"));
    revoke(path);

    uploaded(path);
    assertNothingServed(path);
    cache.settings(Settings.trusting(List.of(store.publicKey(), new SampleStore(2).publicKey())));
    cache.relook().run();
    cache.drain();
    assertNothingServed(path);
    cache.cache().delete(new ObjectKey(path.narInfoKey()));
    cache.drain();
    uploaded(path);
    assertNothingServed(path);
  }

  @Test
  void isServedAgainWhenTheRevocationIsTakenBack() {
    SamplePath path = uploaded(store.withDebugInfo("debug-1.0", "one"));
    revoke(path);
    new RevokedPaths(cache.state()).restore(path.storePath().hash());
    look(path);

    assertAllServed(path);
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.VERIFIED);
  }

  @Test
  void hidesEveryVersionAlsoOneUnderADeleteMarker() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    uploaded(path);
    cache.cache().delete(new ObjectKey(path.narInfoKey()));
    cache.drain();
    uploaded(path);
    revoke(path);

    for (String key : List.of(path.narInfoKey(), path.narKey())) {
      var versions = cache.cache().versions(new ObjectKey(key));
      assertThat(versions)
          .isNotEmpty()
          .noneMatch(
              v -> VerdictTag.isVerified(cache.cache().tags(new ObjectKey(key), v).orElseThrow()));
    }
  }

  @Test
  void holdsForWhatIsUploadedLater() {
    SamplePath path = store.path("hello-1.0");
    new RevokedPaths(cache.state()).revoke(path.storePath().hash(), BACKDOOR);
    uploaded(path);
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.REJECTED);
    assertThat(cache.isServed(path.narKey())).isFalse();
  }

  @Test
  void leavesANarThatAnotherVerifiedPathHas() {
    SamplePath revoked = uploaded(sameContent("one-1.0"));
    SamplePath other = uploaded(sameContent("two-1.0"));
    assertThat(revoked.narKey()).isEqualTo(other.narKey());
    revoke(revoked);

    assertThat(cache.isServed(revoked.narInfoKey())).isFalse();
    assertThat(cache.isServed(other.narInfoKey())).isTrue();
    assertThat(cache.isServed(other.narKey())).isTrue();
    revoke(other);
    assertThat(cache.isServed(other.narKey())).isFalse();
  }

  @Test
  void aPathThatRefersToItStays() {
    SamplePath path = uploaded(store.path("library-1.0"));
    SamplePath referrer = uploaded(store.path("hello-1.0", path.storePath()));
    SamplePath later = store.path("late-1.0", path.storePath());
    revoke(path);
    uploaded(later);

    assertThat(cache.isServed(referrer.narInfoKey())).isTrue();
    assertThat(cache.isServed(later.narInfoKey())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "DONE"})
  void hidesAllOfItAfterAFailureAtAnyRequest(Fault fault) {
    int failing = 0;
    boolean failed = true;
    while (failed) {
      SamplePath path = uploaded(store.withDebugInfo("debug-1.0", "text " + failing));
      new RevokedPaths(cache.state()).revoke(path.storePath().hash(), BACKDOOR);
      FailOnce once = new FailOnce(failing++, fault);
      cache.cache().failing(once);
      cache.state().failing(once);
      look(path);
      failed = once.hasFailed();
      cache.cache().failing(Fault.Plan.NEVER);
      cache.state().failing(Fault.Plan.NEVER);

      assertNothingServed(path);
    }
    assertThat(failing).isGreaterThan(10);
    assertThat(cache.deadLetters()).isEmpty();
  }

  private void revoke(SamplePath path) {
    assertThat(new RevokedPaths(cache.state()).revoke(path.storePath().hash(), BACKDOOR)).isTrue();
    look(path);
  }

  private void look(SamplePath path) {
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
  }

  private SamplePath sameContent(String name) {
    byte[] nar = SampleStore.directory("the same");
    SamplePath path = store.of(store.storePath(name), nar, Compression.XZ, List.of());
    return path.with(store.signed(path.narInfo()));
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }

  private static List<String> keys(SamplePath path) {
    return List.of(path.narInfoKey(), path.narKey(), path.storePath().hash() + ".ls", DEBUG_LINK);
  }

  private void assertAllServed(SamplePath path) {
    assertThat(keys(path)).allMatch(cache::isServed);
  }

  private void assertNothingServed(SamplePath path) {
    assertThat(keys(path)).noneMatch(cache::isServed);
  }
}

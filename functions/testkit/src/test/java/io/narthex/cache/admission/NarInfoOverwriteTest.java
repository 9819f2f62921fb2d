package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What another narinfo under the same key may do to one that is verified, or will be. */
class NarInfoOverwriteTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void doesNotLetUnsignedNarinfosHideASignedOneThatWaitsForAReference() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = uploaded(store.path("hello-1.0", dependency.storePath()));
    putUnsigned(path);
    putUnsigned(path);
    cache.drain();
    uploaded(dependency);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotLetAnUnsignedNarinfoHideASignedOneThatWaitsForItsNar() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    putUnsigned(path);
    cache.drain();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void letsASignedNarinfoTakeThePlaceOfAnyNumberThatNobodySigned() {
    SamplePath path = store.path("hello-1.0");
    for (int i = 0; i < 150; i++) {
      putUnsigned(path);
    }
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void bringsAVerifiedNarinfoBackFromUnderManyWithWorkInProportion() {
    long few = requestsFor(50);
    long many = requestsFor(200);
    assertThat(many).isLessThan(6 * few);
  }

  private long requestsFor(int overwrites) {
    MemoryCache flooded = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(flooded.cache());
    flooded.drain();
    flooded.cache().forgetRequests();
    for (int i = 0; i < overwrites; i++) {
      flooded.cache().upload(path.narInfoKey(), unsigned(path));
    }
    flooded.drain();
    assertThat(flooded.isServed(path.narInfoKey())).isTrue();
    return flooded.cache().requests().size();
  }

  @Test
  void givesAMissingNarItsGraceTimeAlsoAfterAWaitForAReference() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = uploaded(store.path("hello-1.0", dependency.storePath()));
    cache.clock().advance(Duration.ofHours(2));
    cache.cache().delete(new ObjectKey(path.narKey()));
    cache.drain();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
  }

  @Test
  void withdrawsANarinfoThatCannotBeReadAndTakesTheNextOne() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.cache().archive(path.narInfoKey());
    cache.drain();
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
    assertThat(cache.deadLetters()).isEmpty();
    assertThat(cache.isServed(uploaded(path).narInfoKey())).isTrue();
  }

  @Test
  void withdrawsANarinfoWithAllThatRepeatItSoThatItCanBePushedAgain() {
    SamplePath path = store.path("hello-1.0");
    for (int i = 0; i < 3; i++) {
      cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
      cache.drain();
    }
    cache.cache().upload(path.narKey(), "no archive".getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
    assertThat(cache.isThere(path.narKey())).isFalse();
    assertThat(cache.isServed(uploaded(path).narInfoKey())).isTrue();
  }

  @Test
  void keepsAnotherNarinfoThatWaitsUnderTheWithdrawnOne() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    putUnsigned(path);
    cache.cache().upload(path.narInfoKey(), "no narinfo".getBytes(UTF_8));
    cache.drain();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }

  private void putUnsigned(SamplePath path) {
    cache.cache().upload(path.narInfoKey(), unsigned(path));
  }

  private static byte[] unsigned(SamplePath path) {
    NarInfo narInfo = path.narInfo().withSigs(List.of());
    return narInfo.write().getBytes(UTF_8);
  }
}

package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void servesNothingBeforeItsEventWasHandled() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(cache.isServed(path.narKey())).isFalse();
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "XZ", "ZSTD", "GZIP", "BZIP2", "LZ4"})
  void verifiesEveryCompression(Compression compression) {
    SamplePath path = store.path("hello-1.0", compression, List.of());
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void writesTheListingWhenTheUploaderSentNone() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    String listing = path.storePath().hash() + ".ls";
    assertThat(cache.isServed(listing)).isTrue();
    byte[] json = cache.cache().open(new ObjectKey(listing)).orElseThrow().readAll();
    assertThat(new String(json, UTF_8)).contains("\"run\"").contains("\"executable\":true");
  }

  @Test
  void waitsForANarThatComesLater() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.state().listAll("waiting/")).isEmpty();
  }

  @Test
  void waitsForAReferenceAndIsWokenByIt() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    dependency.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.storePath().hash() + ".ls")).isTrue();
    assertThat(cache.state().listAll("waiting/")).isEmpty();
  }

  @Test
  void readsANarOnceHoweverOftenItsPathIsLookedAt() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    path.uploadTo(cache.cache());
    cache.drain();
    cache.send(new ObjectKey(path.narKey()));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    dependency.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.cache().requests())
        .filteredOn(r -> r.equals(new Fault.Request("GetObjectVersion", path.narKey())))
        .hasSize(1);
  }

  @Test
  void withdrawsANarinfoWhoseNarDoesNotComeWithinTheGraceTime() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    cache.clock().advance(Duration.ofMinutes(61));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REJECTED);
  }

  @Test
  void waitsForASignatureWhichANewNarinfoBrings() {
    SamplePath unsigned = store.unsigned("hello-1.0", Compression.XZ, List.of());
    unsigned.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.verdict(unsigned.narInfoKey())).contains(VerdictTag.WAITING);
    SamplePath signed = unsigned.with(store.signed(unsigned.narInfo()));
    cache.cache().upload(signed.narInfoKey(), signed.narInfoBytes());
    cache.drain();
    assertThat(cache.isServed(signed.narInfoKey())).isTrue();
  }

  @Test
  void acceptsAnUnsignedPathWhoseContentProvesIt() {
    SamplePath path = store.contentAddressed("source.txt");
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void withdrawsABadNarSoThatTheNextPushHealsIt() {
    SamplePath good = store.path("hello-1.0");
    byte[] bytes = good.file();
    bytes[bytes.length / 2] ^= 1;
    good.withFile(bytes).uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isThere(good.narInfoKey())).isFalse();
    assertThat(cache.isThere(good.narKey())).isFalse();
    good.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(good.narInfoKey())).isTrue();
  }

  @Test
  void keepsAGoodNarThatABadNarinfoPointsAt() {
    SamplePath good = store.path("hello-1.0");
    SamplePath other = store.path("other-1.0");
    SamplePath liar =
        other.with(
            store.signed(
                other
                    .narInfo()
                    .withFile(
                        good.narInfo().url(),
                        Compression.XZ,
                        good.narInfo().fileHash().orElseThrow(),
                        good.narInfo().fileSize().orElseThrow())));
    cache.cache().upload(good.narKey(), good.file());
    cache.cache().upload(liar.narInfoKey(), liar.narInfoBytes());
    cache.drain();
    assertThat(cache.isThere(liar.narInfoKey())).isFalse();
    assertThat(cache.isThere(good.narKey())).isTrue();
  }

  @Test
  void bringsTheVerifiedNarBackWhenItIsOverwritten() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().upload(path.narKey(), "something else".getBytes(UTF_8));
    assertThat(cache.isServed(path.narKey())).isFalse();
    cache.drain();
    assertThat(cache.isServed(path.narKey())).isTrue();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.report(path.storePath().hash()).withdrawals())
        .singleElement()
        .satisfies(w -> assertThat(w.key().value()).isEqualTo(path.narKey()));
  }

  @Test
  void bringsTheVerifiedNarinfoBackWhenItIsOverwritten() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().upload(path.narInfoKey(), "rubbish".getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.VERIFIED);
  }

  @Test
  void bringsBothBackWhenBothAreOverwritten() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().upload(path.narInfoKey(), "rubbish".getBytes(UTF_8));
    cache.cache().upload(path.narKey(), "something else".getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
  }

  @Test
  void doesNotLetAnUnsignedNarinfoHideAVerifiedOne() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    SamplePath unsigned = path.with(path.narInfo().withSigs(List.of()));
    cache.cache().upload(path.narInfoKey(), unsigned.narInfoBytes());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void takesAPathOutOfViewWhenItsNarIsDeleted() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().delete(new ObjectKey(path.narKey()));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    cache.clock().advance(Duration.ofMinutes(61));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotLetAPathFallBecauseAReferenceDid() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    dependency.uploadTo(cache.cache());
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().delete(new ObjectKey(dependency.narInfoKey()));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void readmitsADeletedPath() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().delete(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REMOVED);
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void readmitsAPathWhoseNarWasDeletedAndPushedAgain() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().delete(new ObjectKey(path.narKey()));
    cache.drain();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
  }

  @Test
  void neverPassesItsVerdictOnToAnOverwriteBetweenReadingAndTagging() {
    SamplePath path = store.path("hello-1.0");
    SamplePath tampered = path.withFile("tampered".getBytes(UTF_8));
    path.uploadTo(cache.cache());
    boolean[] done = {false};
    cache
        .cache()
        .failing(
            request -> {
              if (!done[0]
                  && request.equals(new Fault.Request("PutObjectVersionTagging", path.narKey()))) {
                done[0] = true;
                cache.cache().upload(path.narKey(), tampered.file());
                assertThat(cache.isServed(path.narKey())).isFalse();
              }
              return Fault.NONE;
            });
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.admission().look(new ObjectKey(path.narInfoKey()));
    assertThat(done[0]).isTrue();
    assertThat(cache.isServed(path.narKey())).isFalse();
    cache.drain();
    assertThat(cache.isServed(path.narKey())).isTrue();
    assertThat(cache.cache().open(new ObjectKey(path.narKey())).orElseThrow().readAll())
        .isEqualTo(path.file());
  }

  @Test
  void neverMakesAVerdictOfAStoreFailure() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    int[] count = {0};
    cache.cache().failing(r -> count[0]++ < 3 ? Fault.NOT_DONE : Fault.NONE);
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.deadLetters()).isEmpty();
  }
}

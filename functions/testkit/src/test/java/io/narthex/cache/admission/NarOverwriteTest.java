package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others may do to a NAR, by other bytes under its key or by narinfos that point at it. */
class NarOverwriteTest {
  private static final byte[] RUBBISH = {1, 2, 3};

  private final SampleStore store = new SampleStore(1);
  private final SampleStore stranger = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void keepsAVerifiedNarFromAnotherPathThatWouldVerifyOtherBytesUnderItsKey() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    SamplePath other = contentAddressedBefore(path);
    put(other.narInfoKey(), at(other, path.narKey()));
    cache.drain();
    cache.cache().upload(path.narKey(), other.file());
    put(other.narInfoKey(), at(other, path.narKey()));
    cache.drain();
    assertServed(path);
    assertThat(cache.isServed(other.narInfoKey())).isFalse();
  }

  @Test
  void keepsItAlsoWhereTheNameOfTheNarIsNoHash() {
    SamplePath path = uploaded(named(store.path("hello-1.0"), "nar/hello.nar.xz"));
    SamplePath other = contentAddressedBefore(path);
    cache.cache().upload(path.narKey(), other.file());
    put(other.narInfoKey(), at(other, path.narKey()));
    cache.drain();
    assertServed(path);
    assertThat(cache.isServed(other.narInfoKey())).isFalse();
  }

  @Test
  void doesNotLetAPathTakeTheNarNameOfAnotherThatHasYetToCome() {
    SamplePath path = store.path("hello-1.0");
    SamplePath squatter = stranger.contentAddressed("squatter");
    cache.cache().upload(path.narKey(), squatter.file());
    put(squatter.narInfoKey(), at(squatter, path.narKey()));
    cache.drain();
    assertThat(cache.isThere(path.narKey())).isFalse();
    assertServed(uploaded(path));
  }

  @Test
  void keepsTheFirstVersionWhenTheSameNarIsUploadedAgain() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    cache.cache().forgetRequests();
    assertServed(uploaded(path));
    assertThat(cache.cache().requests())
        .doesNotContain(new Fault.Request("GetObjectVersion", path.narKey()));
  }

  @Test
  void keepsAWaitingPathWhenItsNarIsOverwritten() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = uploaded(store.path("hello-1.0", dependency.storePath()));
    cache.cache().upload(path.narKey(), RUBBISH);
    cache.drain();
    uploaded(dependency);
    assertServed(path);
  }

  @Test
  void keepsAWaitingPathWhoseNarIsNamedByItsArchiveFromANarinfoThatLies() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    path = named(path, "nar/" + path.narInfo().narHash().nix32() + ".nar.xz");
    uploaded(path);
    StorePath liar = stranger.storePath("liar");
    put(
        liar.hash() + ".narinfo",
        NarInfo.unsigned(
                StoreDir.DEFAULT, liar, path.narInfo().narHash(), 1, List.of(), path.narKey())
            .withFile(
                path.narKey(),
                Compression.XZ,
                SampleStore.sha256(path.file()),
                path.file().length));
    cache.drain();
    assertThat(cache.isThere(path.narKey())).isTrue();
    uploaded(dependency);
    assertServed(path);
  }

  @Test
  void healsANarAlthoughAnotherNarinfoThatPointsAtItCannotBeRead() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    SamplePath other = contentAddressedBefore(path);
    put(other.narInfoKey(), at(other, path.narKey()));
    cache.drain();
    put(other.narInfoKey(), other.narInfo());
    cache.cache().archive(other.narInfoKey());
    cache.cache().upload(path.narKey(), RUBBISH);
    cache.drain();
    assertServed(path);
    assertThat(cache.isThere(other.narInfoKey())).isFalse();
    assertThat(cache.deadLetters()).isEmpty();
  }

  @Test
  void takesOutANarThatCannotBeReadAndTakesTheNextOne() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narKey(), path.file());
    cache.cache().archive(path.narKey());
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    assertThat(cache.isThere(path.narKey())).isFalse();
    assertThat(cache.deadLetters()).isEmpty();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertServed(path);
  }

  @Test
  void doesNotTakeOutAVerifiedNarThatItsOwnerArchived() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    cache.cache().archive(path.narKey());
    cache.state().delete(new ObjectKey("reports/" + path.storePath().hash() + ".json"));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.isThere(path.narKey())).isTrue();
    assertThat(cache.deadLetters()).isNotEmpty();
  }

  @Test
  void forgetsNarinfosThatPointedAtANarAndWereRejected() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    for (int i = 0; i < 200; i++) {
      StorePath liar = stranger.storePath("liar");
      put(
          liar.hash() + ".narinfo",
          NarInfo.unsigned(
              StoreDir.DEFAULT, liar, path.narInfo().narHash(), 1, List.of(), path.narKey()));
    }
    cache.drain();
    assertThat(cache.state().listAll("by-nar/")).hasSize(1);
  }

  @Test
  void forgetsTheLinkOfANarinfoThatWasDeletedOrReplaced() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    uploaded(path);
    assertThat(cache.state().listAll("by-nar/")).hasSize(1);
    cache.cache().delete(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.state().listAll("by-nar/")).isEmpty();
  }

  private void assertServed(SamplePath path) {
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
    assertThat(cache.cache().open(new ObjectKey(path.narKey())).orElseThrow().readAll())
        .isEqualTo(path.file());
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }

  private void put(String key, NarInfo narInfo) {
    cache.cache().upload(key, narInfo.write().getBytes(UTF_8));
  }

  private SamplePath named(SamplePath path, String url) {
    return path.with(store.signed(at(path, url)));
  }

  /** One whose narinfo is looked at before the other's, for links are listed by hash. */
  private SamplePath contentAddressedBefore(SamplePath path) {
    SamplePath found = stranger.contentAddressed("other");
    while (found.storePath().hash().compareTo(path.storePath().hash()) >= 0) {
      found = stranger.contentAddressed("other");
    }
    return found;
  }

  private static NarInfo at(SamplePath path, String url) {
    return path.narInfo()
        .withFile(url, Compression.XZ, SampleStore.sha256(path.file()), path.file().length);
  }
}

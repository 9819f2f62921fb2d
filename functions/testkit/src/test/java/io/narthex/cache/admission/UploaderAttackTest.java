package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathName;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an uploader without a trusted key may not do to paths of others. */
class UploaderAttackTest {
  private final SampleStore store = new SampleStore(1);
  private final SampleStore stranger = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void keepsTheNameOfAnUncompressedNarFromAnUnsignedPathWithTheSameArchive() {
    byte[] nar = SampleStore.directory("predictable");
    SamplePath path = store.of(store.storePath("hello"), nar, Compression.NONE, List.of());
    path = path.with(store.signed(path.narInfo()));
    var address = new ContentAddress.Recursive(SampleStore.sha256(nar));
    StorePath ca =
        ((AddressedPath.Path)
                StorePaths.fromContentAddress(
                    StoreDir.DEFAULT, new StorePathName("squat"), address, StoreReferences.NONE))
            .storePath();
    SamplePath squat = stranger.of(ca, nar, Compression.XZ, List.of());
    NarInfo at =
        squat
            .narInfo()
            .withCa(address)
            .withFile(
                path.narKey(),
                Compression.XZ,
                SampleStore.sha256(squat.file()),
                squat.file().length);
    squat.with(at).uploadTo(cache.cache());
    cache.drain();
    push(path);
    push(path);
    push(path);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(path.narKey())).isTrue();
  }

  @Test
  void keepsAVerifiedPathInViewThatLiesOverAPileOfNarinfos() {
    SamplePath path = store.path("hello");
    for (int i = 0; i < 150; i++) {
      SamplePath junk = stranger.unsigned("junk" + i, Compression.XZ, List.of());
      cache.cache().upload(path.narInfoKey(), junk.narInfoBytes());
    }
    path.uploadTo(cache.cache());
    cache.drain();
    NarInfo there = path.narInfo();
    NarInfo elsewhere =
        there.withFile(
            "nar/nowhere.nar.xz",
            Compression.XZ,
            there.fileHash().orElseThrow(),
            there.fileSize().orElseThrow());
    for (int i = 0; i < 2; i++) {
      cache.cache().upload(path.narInfoKey(), path.with(elsewhere).narInfoBytes());
      cache.drain();
      assertThat(cache.isServed(path.narInfoKey())).isTrue();
    }
  }

  @Test
  void takesOutANarThatIsTooLargeToBeReadSoThatTheNextPushHealsIt() {
    SamplePath path = store.path("hello");
    cache.cache().upload(path.narKey(), new byte[3 << 20]);
    cache.drain();
    push(path);
    push(path);
    push(path);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void keepsASignedPathThatWaitsFromARepeatOfItOverABomb() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path = store.path("hello-1.0", dependency.storePath());
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().upload(path.narKey(), SampleStore.compress(Compression.XZ, new byte[1 << 20]));
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    dependency.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotWakeThoseThatWaitForAnotherNameUnderTheSameHash() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    StorePath other = new StorePath(path.storePath().hash(), new StorePathName("other"));
    for (int i = 0; i < 20; i++) {
      store.path("waiter", other).uploadTo(cache.cache());
    }
    cache.drain();
    cache.cache().forgetRequests();
    int before = cache.outcomes().size();
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.outcomes().size() - before).isEqualTo(1);
  }

  /** As stock Nix does: nothing is sent where something is. */
  private void push(SamplePath path) {
    if (!cache.isThere(path.narInfoKey())) {
      if (!cache.isThere(path.narKey())) {
        cache.cache().upload(path.narKey(), path.file());
      }
      cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    }
    cache.drain();
  }
}

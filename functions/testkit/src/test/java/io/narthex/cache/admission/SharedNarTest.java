package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two paths of the same content: one NAR, two narinfos that point at it. */
class SharedNarTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
  private final SamplePath one = path("one-1.0");
  private final SamplePath two = path("two-1.0");

  private SamplePath path(String name) {
    byte[] nar = SampleStore.directory("the same");
    SamplePath path = store.of(store.storePath(name), nar, Compression.XZ, List.of());
    return path.with(store.signed(path.narInfo()));
  }

  @BeforeEach
  void uploadBothBeforeTheirNar() {
    assertThat(one.narKey()).isEqualTo(two.narKey());
    cache.cache().upload(one.narInfoKey(), one.narInfoBytes());
    cache.cache().upload(two.narInfoKey(), two.narInfoBytes());
    cache.drain();
  }

  @Test
  void theNarCompletesBoth() {
    uploadNar();
    assertBothServed();
  }

  @Test
  void theNarIsReadOnceForEach() {
    uploadNar();
    uploadNar();
    assertBothServed();
    assertThat(cache.cache().requests())
        .filteredOn(new Fault.Request("GetObjectVersion", one.narKey())::equals)
        .hasSize(2);
  }

  @Test
  void theNarStaysReadableForOneWhenTheOtherIsDeleted() {
    uploadNar();
    cache.cache().delete(new ObjectKey(two.narInfoKey()));
    cache.drain();
    assertThat(cache.isServed(one.narInfoKey())).isTrue();
    assertThat(cache.isServed(one.narKey())).isTrue();
    assertThat(cache.isServed(two.narInfoKey())).isFalse();
  }

  @Test
  void bothComeBackWhenTheNarIsOverwritten() {
    uploadNar();
    cache.cache().upload(one.narKey(), new byte[] {1, 2, 3});
    cache.drain();
    assertBothServed();
  }

  private void uploadNar() {
    cache.cache().upload(one.narKey(), one.file());
    cache.drain();
  }

  private void assertBothServed() {
    assertThat(cache.isServed(one.narInfoKey())).isTrue();
    assertThat(cache.isServed(two.narInfoKey())).isTrue();
    assertThat(cache.isServed(one.narKey())).isTrue();
  }
}

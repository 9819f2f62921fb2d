package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Narinfos that were uploaded with {@code narinfo-compression}. */
class NarInfoEncodingTest {
  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void verifiesOneInAnEncodingThatClientsUndo(Compression encoding) {
    SamplePath path = store.path("hello-1.0");
    upload(path, encoding);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"XZ", "BZIP2"})
  void rejectsOneInAnEncodingThatClientsDoNotUndo(Compression encoding) {
    SamplePath path = store.path("hello-1.0");
    upload(path, encoding);
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(cache.isThere(path.narInfoKey())).isFalse();
  }

  @Test
  void bringsAVerifiedOneBackThatIsHiddenByItsOwnTextInSuchAnEncoding() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    upload(path, Compression.XZ);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  private void upload(SamplePath path, Compression encoding) {
    cache.cache().upload(path.narKey(), path.file());
    cache
        .cache()
        .upload(
            path.narInfoKey(),
            SampleStore.compress(encoding, path.narInfoBytes()),
            Optional.of(encoding.name().toLowerCase(Locale.ROOT)));
    cache.drain();
  }
}

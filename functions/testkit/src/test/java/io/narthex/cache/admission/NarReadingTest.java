package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarName;
import io.narthex.nix.nar.NarWriter;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which NARs are read, how often, and which are not read at all. */
class NarReadingTest {
  private final SampleStore store = new SampleStore(1);
  private final SampleStore stranger = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void readsANarOnceThatHasANameWhichJsonCannotSay() {
    SamplePath dependency = store.path("dependency-1.0");
    SamplePath path =
        store.of(
            store.storePath("odd"),
            narWithByteName(),
            Compression.XZ,
            List.of(dependency.storePath()));
    path = path.with(store.signed(path.narInfo()));
    path.uploadTo(cache.cache());
    cache.drain();
    for (int i = 0; i < 5; i++) {
      cache.send(new ObjectKey(path.narInfoKey()));
    }
    cache.drain();
    dependency.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(reads(path)).isEqualTo(1);
  }

  @Test
  void takesOutANarWithAContentEncodingWhichClientsWouldUndo() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(path.narKey(), path.file(), Optional.of("gzip"));
    cache.cache().upload(path.narInfoKey(), path.narInfoBytes());
    cache.drain();
    assertThat(cache.isThere(path.narKey())).isFalse();
    cache.cache().upload(path.narKey(), path.file());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void bringsAVerifiedNarBackThatIsHiddenByItsOwnBytesWithAContentEncoding() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    cache.cache().upload(path.narKey(), path.file(), Optional.of("gzip"));
    cache.drain();
    assertThat(cache.isServed(path.narKey())).isTrue();
    assertThat(cache.cache().head(new ObjectKey(path.narKey())).orElseThrow().contentEncoding())
        .isEmpty();
  }

  @Test
  void doesNotReadAFileThatIsLargerThanAnyArchiveOfItsNarSize() {
    SamplePath path = store.path("hello-1.0").withFile(new byte[3 << 20]);
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(reads(path)).isEqualTo(1);
    assertThat(findings(path)).extracting(Finding::check).contains(CheckName.ARCHIVE);
    assertThat(cache.report(path.storePath().hash()).facts()).isEmpty();
  }

  @Test
  void doesNotReadAnArchiveThatIsLargerThanTheSettingsAllow() {
    cache.settings(settings(UndeclaredMode.WARN, 100));
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(reads(path)).isZero();
    assertThat(findings(path))
        .extracting(Finding::toString)
        .singleElement()
        .asString()
        .startsWith("NarSize: expected at most 100 bytes");
  }

  @Test
  void findsUndeclaredReferencesWhateverStoreDirWasClaimedBefore() {
    cache.settings(settings(UndeclaredMode.REJECT, Settings.DEFAULT_MAX_NAR_SIZE));
    byte[] nar = SampleStore.directory("/nix/store/" + stranger.storePath("hidden") + "/bin/x");
    SamplePath path = store.of(store.storePath("hiding"), nar, Compression.XZ, List.of());
    NarInfo there =
        NarInfo.unsigned(
            new StoreDir("/foo/store"),
            path.storePath(),
            path.narInfo().narHash(),
            path.narInfo().narSize(),
            List.of(),
            path.narKey());
    cache.cache().upload(path.storePath().hash() + ".ls", new byte[] {1});
    cache.cache().upload(path.narKey(), path.file());
    put(path, store.signed(there.withFile(path.narKey(), Compression.XZ, hash(path), size(path))));
    put(path, store.signed(path.narInfo()));
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(findings(path)).extracting(Finding::check).contains(CheckName.UNDECLARED_REFERENCES);
  }

  private Settings settings(UndeclaredMode undeclared, long maxNarSize) {
    Settings s = Settings.trusting(List.of(store.publicKey()));
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        s.requiredSignatures(),
        ClosureMode.STRICT,
        undeclared,
        s.upstreams(),
        maxNarSize,
        s.grace(),
        s.priority(),
        s.readWait());
  }

  private static Hash hash(SamplePath path) {
    return SampleStore.sha256(path.file());
  }

  private static long size(SamplePath path) {
    return path.file().length;
  }

  private void put(SamplePath path, NarInfo narInfo) {
    cache.cache().upload(path.narInfoKey(), narInfo.write().getBytes(UTF_8));
    cache.drain();
  }

  private List<Finding> findings(SamplePath path) {
    Report report = cache.report(path.storePath().hash());
    return report.verdict() instanceof Verdict.Rejected(var findings) ? findings : List.of();
  }

  private long reads(SamplePath path) {
    return cache.cache().requests().stream()
        .filter(new Fault.Request("GetObjectVersion", path.narKey())::equals)
        .count();
  }

  private static byte[] narWithByteName() {
    var out = new ByteArrayOutputStream();
    NarWriter writer = new NarWriter(out);
    try {
      writer.startDirectory();
      writer.entry(new NarName("\u00ff"));
      writer.file(false, 1, new ByteArrayInputStream(new byte[1]));
      writer.endDirectory();
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}

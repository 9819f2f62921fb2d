package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.HashModulo;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.nar.MalformedNarException;
import io.narthex.nix.nar.NarWriter;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Paths named by their content that mention themselves. */
class SelfReferenceTest {
  private static final String PLACEHOLDER = "0123456789abcdfghijklmnpqrsvwxyz";
  private static final String TEXT = "self %s zeros " + "\0".repeat(32) + " end";

  private final SampleStore store = new SampleStore(1);
  private final SampleStore stranger = new SampleStore(2);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  /** Which of the two hashes of a NAR modulo its own name a content address says. */
  private enum Form {
    WITH_OFFSETS,
    WITHOUT_OFFSETS
  }

  @Test
  void acceptsOneWithoutASignatureWhoseHashSaysWhereItsNameIs() {
    SamplePath path = selfReferencing(Form.WITH_OFFSETS, true);
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void hasOneSignedWhoseHashDoesNotSayWhereItsNameIs() {
    SamplePath path = selfReferencing(Form.WITHOUT_OFFSETS, true);
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    put(path, store.signed(path.narInfo()));
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotLetOtherBytesOfTheSameHashTakeThePlaceOfASignedPath() {
    SamplePath unsigned = selfReferencing(Form.WITHOUT_OFFSETS, true);
    SamplePath signed = unsigned.with(store.signed(unsigned.narInfo()));
    signed.uploadTo(cache.cache());
    cache.drain();
    String hash = unsigned.storePath().hash().nix32();
    SamplePath altered =
        stranger.of(
            unsigned.storePath(),
            nar("self " + hash + " zeros " + hash + " end"),
            Compression.XZ,
            List.of(unsigned.storePath()));
    altered = altered.with(altered.narInfo().withCa(unsigned.narInfo().ca().orElseThrow()));
    altered.uploadTo(cache.cache());
    cache.drain();
    assertThat(served(signed.narInfoKey())).contains("Sig: ").contains(signed.narKey());
  }

  @Test
  void doesNotJudgeItByWhatWasFoundWithoutTheSelfReference() {
    SamplePath path = selfReferencing(Form.WITH_OFFSETS, true);
    withListing(path);
    put(path, withReferences(path.narInfo(), List.of()));
    put(path, path.narInfo());
    cache.cache().upload(path.narKey(), path.file());
    put(path, path.narInfo());
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void doesNotAcceptAnAddressModuloItselfFromAPathThatSaysItDoesNotReferToItself() {
    SamplePath path = selfReferencing(Form.WITH_OFFSETS, false);
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
  }

  @Test
  void doesNotAcceptItEitherAfterItWasFoundWithTheSelfReference() {
    SamplePath path = selfReferencing(Form.WITH_OFFSETS, false);
    withListing(path);
    put(path, withReferences(path.narInfo(), List.of(path.storePath())));
    cache.cache().upload(path.narKey(), path.file());
    put(path, path.narInfo());
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
  }

  private void withListing(SamplePath path) {
    cache.cache().upload(path.storePath().hash() + ".ls", new byte[] {1});
    cache.cache().upload(path.narKey(), path.file());
  }

  private void put(SamplePath path, NarInfo narInfo) {
    cache.cache().upload(path.narInfoKey(), narInfo.write().getBytes(UTF_8));
    cache.drain();
  }

  private String served(String key) {
    return new String(cache.cache().open(new ObjectKey(key)).orElseThrow().readAll(), UTF_8);
  }

  private SamplePath selfReferencing(Form form, boolean declared) {
    HashModulo modulo = new HashModulo(HashAlgorithm.SHA256, new StorePathHash(PLACEHOLDER));
    byte[] draft = nar(TEXT.formatted(PLACEHOLDER));
    modulo.feed(draft, 0, draft.length);
    var address =
        new ContentAddress.Recursive(
            switch (form) {
              case WITH_OFFSETS -> modulo.withOffsets().orElseThrow();
              case WITHOUT_OFFSETS -> modulo.withoutOffsets();
            });
    StorePath path = addressed(address, declared);
    SamplePath sample =
        stranger.of(
            path,
            nar(TEXT.formatted(path.hash().nix32())),
            Compression.XZ,
            declared ? List.of(path) : List.of());
    return sample.with(sample.narInfo().withCa(address));
  }

  private static StorePath addressed(ContentAddress address, boolean self) {
    AddressedPath path =
        StorePaths.fromContentAddress(
            StoreDir.DEFAULT,
            new StorePathName("self-1.0"),
            address,
            new StoreReferences(new TreeSet<>(), self));
    return ((AddressedPath.Path) path).storePath();
  }

  private static NarInfo withReferences(NarInfo narInfo, List<StorePath> references) {
    return NarInfo.unsigned(
            narInfo.storeDir(),
            narInfo.storePath(),
            narInfo.narHash(),
            narInfo.narSize(),
            references,
            narInfo.url())
        .withFile(
            narInfo.url(),
            Compression.XZ,
            narInfo.fileHash().orElseThrow(),
            narInfo.fileSize().orElseThrow())
        .withCa(narInfo.ca().orElseThrow());
  }

  private static byte[] nar(String text) {
    var out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(ISO_8859_1);
    try {
      new NarWriter(out).file(false, bytes.length, new ByteArrayInputStream(bytes));
    } catch (IOException | MalformedNarException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}

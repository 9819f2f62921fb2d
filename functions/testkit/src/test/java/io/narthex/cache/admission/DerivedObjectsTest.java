package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.address.AddressedPath;
import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.address.StorePaths;
import io.narthex.nix.address.StoreReferences;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathName;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listings and links to debug information, ours and the uploader's. */
class DerivedObjectsTest {
  private static final String DEBUG_LINK = "debuginfo/" + SampleStore.BUILD_ID + ".debug";

  private final SampleStore store = new SampleStore(1);
  private final MemoryCache cache = new MemoryCache(Settings.trusting(List.of(store.publicKey())));

  @Test
  void verifiesAnUploadedListingThatSaysWhatTheNarSays() {
    SamplePath path = store.path("hello-1.0");
    String ours = uploadedListing(path);
    MemoryCache second = new MemoryCache(Settings.trusting(List.of(store.publicKey())));
    second.cache().upload(listing(path), ours.getBytes(UTF_8));
    path.uploadTo(second.cache());
    second.drain();
    assertThat(second.isServed(listing(path))).isTrue();
    assertThat(second.cache().versions(new ObjectKey(listing(path)))).hasSize(1);
  }

  @Test
  void replacesAnUploadedListingThatSaysSomethingElse() {
    SamplePath path = store.path("hello-1.0");
    cache
        .cache()
        .upload(
            listing(path),
            "{\"root\":{\"type\":\"regular\",\"size\":1},\"version\":1}".getBytes(UTF_8));
    uploaded(path);
    assertThat(text(listing(path))).contains("\"run\"");
    assertThat(cache.isServed(listing(path))).isTrue();
  }

  @Test
  void replacesAListingThatCannotBeRead() {
    SamplePath path = store.path("hello-1.0");
    cache.cache().upload(listing(path), new byte[] {1});
    cache.cache().archive(listing(path));
    uploaded(path);
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(cache.isServed(listing(path))).isTrue();
  }

  @Test
  void replacesTheListingOfAPathThatWasBuiltAnew() {
    SamplePath first = uploaded(store.path("hello-1.0"));
    SamplePath second =
        store.of(first.storePath(), SampleStore.debugNar("rebuilt"), Compression.XZ, List.of());
    uploaded(second.with(store.signed(second.narInfo())));
    assertThat(cache.isServed(second.narInfoKey())).isTrue();
    assertThat(text(listing(first))).doesNotContain("\"run\"").contains(".build-id");
    assertThat(cache.isServed(listing(first))).isTrue();
  }

  @Test
  void linksToTheDebugInformationOfASignedPath() {
    SamplePath path = uploaded(withDebugInfo("right"));
    assertThat(cache.isServed(DEBUG_LINK)).isTrue();
    assertThat(text(DEBUG_LINK)).contains("../" + path.narKey()).contains(".build-id/ab/");
  }

  @Test
  void verifiesAnUploadedLinkWhenItsPathIs() {
    SamplePath path = withDebugInfo("right");
    String link =
        "{\"archive\":\"../%s\",\"member\":\"lib/debug/.build-id/ab/%s.debug\"}"
            .formatted(path.narKey(), "c".repeat(38));
    cache.cache().upload(DEBUG_LINK, link.getBytes(UTF_8));
    cache.drain();
    assertThat(cache.isServed(DEBUG_LINK)).isFalse();
    uploaded(path);
    assertThat(cache.isServed(DEBUG_LINK)).isTrue();
    assertThat(cache.cache().versions(new ObjectKey(DEBUG_LINK))).hasSize(1);
  }

  @Test
  void bringsAVerifiedLinkBackThatIsHiddenByOneThatCannotBeJudged() {
    SamplePath path = uploaded(withDebugInfo("right"));
    putLink("none.nar");
    cache.drain();
    assertThat(cache.isServed(DEBUG_LINK)).isTrue();
    assertThat(text(DEBUG_LINK)).contains(path.narKey());
  }

  @Test
  void replacesALinkThatWasThereBeforeItsPath() {
    putLink("none.nar");
    cache.drain();
    SamplePath path = uploaded(withDebugInfo("right"));
    assertThat(cache.isServed(DEBUG_LINK)).isTrue();
    assertThat(text(DEBUG_LINK)).contains(path.narKey());
  }

  @Test
  void doesNotLetAnUnsignedPathTakeABuildId() {
    byte[] nar = SampleStore.debugNar("stranger");
    var address = new ContentAddress.Recursive(SampleStore.sha256(nar));
    SamplePath unsigned = store.of(addressed(address), nar, Compression.XZ, List.of());
    uploaded(unsigned.with(unsigned.narInfo().withCa(address)));
    assertThat(cache.isServed(unsigned.narInfoKey())).isTrue();
    assertThat(cache.isServed(DEBUG_LINK)).isFalse();
    SamplePath path = uploaded(withDebugInfo("right"));
    assertThat(text(DEBUG_LINK)).contains(path.narKey());
  }

  private void putLink(String nar) {
    cache
        .cache()
        .upload(
            DEBUG_LINK, ("{\"archive\":\"../nar/" + nar + "\",\"member\":\"x\"}").getBytes(UTF_8));
  }

  private String uploadedListing(SamplePath path) {
    uploaded(path);
    return text(listing(path));
  }

  private static String listing(SamplePath path) {
    return path.storePath().hash() + ".ls";
  }

  private String text(String key) {
    return new String(cache.cache().open(new ObjectKey(key)).orElseThrow().readAll(), UTF_8);
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }

  private SamplePath withDebugInfo(String text) {
    return store.withDebugInfo("debug-1.0", text);
  }

  private static StorePath addressed(ContentAddress address) {
    AddressedPath path =
        StorePaths.fromContentAddress(
            StoreDir.DEFAULT, new StorePathName("unsigned"), address, StoreReferences.NONE);
    return ((AddressedPath.Path) path).storePath();
  }
}

package io.narthex.cache.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.settings.Audience;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.signing.SecretKeySigner;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.signature.Sig;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags for bucket policies to allow by: for whom the key stands that signed a path. */
class AudienceTest {
  private final SampleStore a = new SampleStore(1, "a-1");
  private final SampleStore b = new SampleStore(2, "b-1");
  private final MemoryCache cache = new MemoryCache(settings("b=b-1"));

  private Settings settings(String... audiences) {
    return Settings.trusting(List.of(a.publicKey(), b.publicKey()))
        .with(Stream.of(audiences).map(Audience::parse).toList());
  }

  @BeforeEach
  void lookAtEverythingOnce() {
    cache.relook().run();
  }

  @Test
  void tagsAllOfAPathThatTheKeyOfAnAudienceHasSigned() {
    SamplePath path = uploaded(cache, b.path("hello-1.0"));
    assertThat(objectsOf(path)).allSatisfy(key -> assertThat(audiences(key)).containsExactly("b"));
    assertThat(objectsOf(path)).allMatch(cache::isServed);
  }

  @Test
  void tagsNothingElse() {
    SamplePath path = uploaded(cache, a.path("hello-1.0"));
    SamplePath content = uploaded(cache, b.contentAddressed("source"));
    assertThat(objectsOf(path)).allSatisfy(key -> assertThat(audiences(key)).isEmpty());
    assertThat(objectsOf(content)).allSatisfy(key -> assertThat(audiences(key)).isEmpty());
  }

  @Test
  void aSignatureUnderTheNameOfAKeyThatIsNotTheKeysMakesNoAudience() {
    var impostor = new SampleStore(3, "b-1");
    SamplePath path = a.path("hello-1.0");
    Sig forged = impostor.secretKey().sign(path.narInfo().fingerprint());
    uploaded(cache, path.with(path.narInfo().withSig(forged)));
    assertThat(objectsOf(path)).allMatch(cache::isServed);
    assertThat(objectsOf(path)).allSatisfy(key -> assertThat(audiences(key)).isEmpty());
  }

  @Test
  void anArchiveIsForAllThatAnyOfItsPathsIsFor() {
    SamplePath forB = uploaded(cache, same(b, "one-1.0"));
    SamplePath forNobody = uploaded(cache, same(a, "two-1.0"));
    assertThat(forB.narKey()).isEqualTo(forNobody.narKey());
    assertThat(audiences(forB.narKey())).containsExactly("b");
    assertThat(audiences(forNobody.narInfoKey())).isEmpty();
  }

  @Test
  void audiencesComeAndGoWithTheSettings() {
    SamplePath one = uploaded(cache, same(b, "one-1.0"));
    SamplePath two = uploaded(cache, same(a, "two-1.0"));
    change(settings("c=b-1", "a=a-1"));
    assertThat(audiences(one.narInfoKey())).containsExactly("c");
    assertThat(audiences(two.narInfoKey())).containsExactly("a");
    assertThat(audiences(one.narKey())).containsExactly("a", "c");
    change(settings());
    assertThat(Stream.concat(objectsOf(one).stream(), objectsOf(two).stream()))
        .allSatisfy(key -> assertThat(audiences(key)).isEmpty())
        .allMatch(cache::isServed);
  }

  @Test
  void theSignedNarinfoOfACacheThatSignsHasThemToo() {
    var own = new SampleStore(4, "own-1");
    var signing =
        new MemoryCache(settings("b=b-1"), Optional.of(new SecretKeySigner(own.secretKey())));
    SamplePath path = uploaded(signing, b.path("hello-1.0"));
    assertThat(signing.isServed(path.narInfoKey())).isTrue();
    assertThat(audiences(signing, path.narInfoKey())).containsExactly("b");
  }

  private static SamplePath same(SampleStore store, String name) {
    SamplePath path =
        store.of(
            store.storePath(name), SampleStore.directory("the same"), Compression.XZ, List.of());
    return path.with(store.signed(path.narInfo()));
  }

  private static List<String> objectsOf(SamplePath path) {
    return List.of(path.narInfoKey(), path.narKey(), path.storePath().hash() + ".ls");
  }

  private List<String> audiences(String key) {
    return audiences(cache, key);
  }

  private static List<String> audiences(MemoryCache in, String key) {
    Tags tags = in.cache().tags(new ObjectKey(key)).orElseThrow().tags();
    return tags.values().keySet().stream()
        .filter(tag -> tag.startsWith("nix-for-"))
        .map(tag -> tag.substring("nix-for-".length()))
        .sorted()
        .toList();
  }

  private void change(Settings settings) {
    cache.settings(settings);
    cache.relook().run();
    cache.drain();
  }

  private static SamplePath uploaded(MemoryCache in, SamplePath path) {
    path.uploadTo(in.cache());
    in.drain();
    return path;
  }
}

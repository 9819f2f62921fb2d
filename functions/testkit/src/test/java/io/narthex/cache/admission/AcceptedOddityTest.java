package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd and right: it is verified like everything else. */
class AcceptedOddityTest {
  private final SampleStore store = new SampleStore(1);
  private final Settings settings = Settings.trusting(List.of(store.publicKey()));
  private final MemoryCache cache = new MemoryCache(settings);

  record Row(String name, BiFunction<SampleStore, SamplePath, Upload> upload) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> accepted() {
    return Stream.of(
        new Row("no FileHash", (s, p) -> Upload.of(p).without("FileHash")),
        new Row("no FileSize", (s, p) -> Upload.of(p).without("FileSize")),
        new Row("no Deriver", (s, p) -> Upload.of(p).without("Deriver")),
        new Row("unknown deriver", (s, p) -> Upload.of(p).more("Deriver: unknown-deriver")),
        new Row(
            "a signature by a stranger besides",
            (s, p) -> Upload.of(p).more("Sig: stranger-1:" + "A".repeat(86) + "==")),
        new Row(
            "a forged signature besides",
            (s, p) ->
                Upload.of(p)
                    .more("Sig: " + new SampleStore(2).signed(p.narInfo()).sigs().getFirst())),
        new Row(
            "FileHash by another algorithm",
            (s, p) -> Upload.of(p).line("FileHash", "sha1:" + "0".repeat(32))),
        new Row(
            "NarHash in base16",
            (s, p) -> Upload.of(p).line("NarHash", "sha256:" + p.narInfo().narHash().base16())),
        new Row(
            "NarHash in SRI", (s, p) -> Upload.of(p).line("NarHash", p.narInfo().narHash().sri())),
        new Row(
            "FileHash in base16",
            (s, p) ->
                Upload.of(p)
                    .line("FileHash", "sha256:" + p.narInfo().fileHash().orElseThrow().base16())),
        new Row(
            "FileHash in SRI",
            (s, p) -> Upload.of(p).line("FileHash", p.narInfo().fileHash().orElseThrow().sri())),
        new Row("an unknown field", (s, p) -> Upload.of(p).more("Colour: green")));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void verifiesWhatIsOddAndRight(Row row) {
    Upload upload = row.upload().apply(store, store.path("hello-1.0"));
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.report(upload.hash()).standing()).isEqualTo(Standing.VERIFIED);
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
    assertThat(cache.isServed(upload.narKey())).isTrue();
  }

  @Test
  void verifiesUnsortedReferences() {
    SamplePath one = store.path("one-1.0");
    SamplePath two = store.path("two-1.0");
    SamplePath path = store.path("hello-1.0", one.storePath(), two.storePath());
    List<StorePath> sorted = List.copyOf(path.narInfo().references());
    one.uploadTo(cache.cache());
    two.uploadTo(cache.cache());
    Upload upload = Upload.of(path).line("References", sorted.getLast() + " " + sorted.getFirst());
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
  }

  @Test
  void onlyWarnsOfUndeclaredReferences() {
    Upload upload = BadInput.undeclared(store);
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
    assertThat(cache.report(upload.hash()).checks())
        .filteredOn(outcome -> outcome.check() == CheckName.UNDECLARED_REFERENCES)
        .flatExtracting(outcome -> outcome.warnings())
        .singleElement()
        .asString()
        .contains("secret-1.0 is not declared");
  }

  @Test
  void rejectsUndeclaredReferencesWhereTheSettingsSaySo() {
    cache.settings(with(settings, 1, ClosureMode.STRICT, UndeclaredMode.REJECT));
    Upload upload = BadInput.undeclared(store);
    Unserved watch = Unserved.watch(cache, upload.narInfoKey(), upload.narKey());
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.report(upload.hash()).standing()).isEqualTo(Standing.REJECTED);
    assertThat(watch.servedSoFar()).isEmpty();
  }

  @Test
  void verifiesAPathWithThousandsOfReferencesWhereTheyMustAllBeDeclared() {
    cache.settings(with(settings, 1, ClosureMode.WARN, UndeclaredMode.REJECT));
    Upload upload = BadInput.withReferences(store, 5000);
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
  }

  @Test
  void onlyWarnsOfAMissingReferenceWhereTheSettingsSaySo() {
    cache.settings(with(settings, 1, ClosureMode.WARN, UndeclaredMode.WARN));
    Upload upload = BadInput.withReference(store);
    upload.to(cache.cache());
    cache.drain();
    assertThat(cache.isServed(upload.narInfoKey())).isTrue();
  }

  @Test
  void waitsForTheSecondOfTwoSignatures() {
    SampleStore other = new SampleStore(2, "other-1");
    Settings both = Settings.trusting(List.of(store.publicKey(), other.publicKey()));
    cache.settings(with(both, 2, ClosureMode.STRICT, UndeclaredMode.WARN));
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.report(path.storePath().hash()).standing()).isEqualTo(Standing.WAITING);
    SamplePath twice =
        path.with(path.narInfo().withSig(other.secretKey().sign(path.narInfo().fingerprint())));
    cache.cache().upload(twice.narInfoKey(), twice.narInfoBytes());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
  }

  @Test
  void takesAPathOutOfViewWhenItsKeyIsNoLongerTrusted() {
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    cache.settings(Settings.trusting(List.of(new SampleStore(2, "other-1").publicKey())));
    cache.send(new ObjectKey(path.narInfoKey()));
    cache.drain();
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.narinfo",
        "nar/../../secret",
        "%2e%2e/secret",
        "hello.narinfo",
        "NAR/x.nar",
        "nar/a b",
        "nar/\u0000",
        "nar/\n",
        "log/../nix-cache-info",
        "realisations/x",
        "debuginfo/xyz.debug",
        "index.html"
      })
  void leavesAnOddKeyUnseen(String key) {
    cache.cache().upload(key, "x".getBytes(UTF_8));
    SamplePath neighbour = store.path("neighbour-1.0");
    neighbour.uploadTo(cache.cache());
    cache.drain();
    assertThat(cache.verdict(key)).isEmpty();
    assertThat(cache.deadLetters()).isEmpty();
    assertThat(cache.isServed(neighbour.narInfoKey())).isTrue();
  }

  private static Settings with(
      Settings s, int signatures, ClosureMode closure, UndeclaredMode undeclared) {
    return new Settings(
        s.storeDir(),
        s.trustedPublicKeys(),
        signatures,
        closure,
        undeclared,
        s.upstreams(),
        s.maxNarSize(),
        s.grace(),
        s.priority(),
        s.readWait());
  }
}

package io.narthex.cache.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.signing.NarInfoSigner;
import io.narthex.cache.signing.SecretKeySigner;
import io.narthex.cache.signing.Signing;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.nix.signature.SecretKey;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache that signs what it has verified. */
class OwnSignatureTest {
  private static final SecretKey STRANGER = SecretKey.generate(new KeyName("stranger-1"));

  private final SampleStore store = new SampleStore(1, "uploader-1");
  private final SecretKey own = SecretKey.generate(new KeyName("cache-1"));
  private final NarInfoSigner signer = new SecretKeySigner(own);
  private final MemoryCache cache = signing(signer);
  private MemoryCache overtaking = cache;

  private MemoryCache signing(NarInfoSigner by) {
    return new MemoryCache(Settings.trusting(List.of(store.publicKey())), Optional.of(by));
  }

  @Test
  void addsItsSignatureToAVerifiedNarInfoAndNothingElse() {
    SamplePath path = store.path("hello-1.0");
    uploaded(path);

    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(text(path)).isEqualTo(withOwnSig(path));
    assertThat(cache.cache().versions(key(path))).hasSize(2);
    assertThat(cache.report(path.storePath().hash()).narinfo())
        .isEqualTo(cache.cache().versions(key(path)).getFirst());
  }

  @Test
  void theEventOfItsOwnWriteEndsWithoutAnotherWrite() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    cache.cache().forgetRequests();
    cache.send(key(path));
    cache.drain();

    assertThat(cache.outcomes().getLast()).isInstanceOf(Outcome.Unchanged.class);
    assertThat(cache.cache().versions(key(path))).hasSize(2);
    assertThat(cache.cache().requests())
        .isNotEmpty()
        .noneMatch(Fault.Request::isWrite)
        .noneMatch(
            request -> List.of("GetObject", "GetObjectVersion").contains(request.operation()));
  }

  @Test
  void neverSignsWhatIsNotVerified() {
    SamplePath untrusted = uploaded(new SampleStore(2, "stranger-1").path("stranger-1.0"));
    SamplePath good = store.path("bad-1.0");
    byte[] bytes = good.file();
    bytes[bytes.length / 2] ^= 1;
    uploaded(good.withFile(bytes));

    assertThat(text(untrusted)).isEqualTo(untrusted.narInfo().write());
    assertThat(cache.isThere(good.narInfoKey())).isFalse();
  }

  @Test
  void itsOwnSignatureVouchesForNothing() {
    SampleStore other = new SampleStore(3, "other-1");
    SamplePath path = uploaded(store.path("hello-1.0"));
    cache.settings(Settings.trusting(List.of(other.publicKey(), own.publicKey())));
    cache.relook().run();
    cache.drain();

    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    assertThat(cache.cache().versions(key(path)))
        .noneMatch(v -> VerdictTag.isVerified(cache.cache().tags(key(path), v).orElseThrow()));
  }

  @Test
  void aTamperedOverwriteFallsBackToTheSignedVersion() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    cache.cache().upload(path.narInfoKey(), "rubbish".getBytes(UTF_8));
    assertThat(cache.isServed(path.narInfoKey())).isFalse();
    cache.drain();

    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(text(path)).isEqualTo(withOwnSig(path));
  }

  @Test
  void aRevokedPathIsHiddenInEveryVersion() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    new RevokedPaths(cache.state())
        .revoke(path.storePath().hash(), new Revocation("bad", Instant.EPOCH));
    cache.send(key(path));
    cache.drain();
    uploaded(path);

    assertThat(cache.cache().versions(key(path)))
        .noneMatch(v -> VerdictTag.isVerified(cache.cache().tags(key(path), v).orElseThrow()));
  }

  @Test
  void aRefusalIsNamedInTheReportAndThePathIsServedUnsigned() {
    MemoryCache refusing = signing(new Refusing(own.publicKey()));
    SamplePath path = store.path("hello-1.0");
    path.uploadTo(refusing.cache());
    refusing.drain();

    assertThat(refusing.isServed(path.narInfoKey())).isTrue();
    Report report = refusing.report(path.storePath().hash());
    assertThat(report.standing()).isEqualTo(Standing.VERIFIED);
    assertThat(report.checks())
        .filteredOn(outcome -> outcome.check() == CheckName.OWN_SIGNATURE)
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.result()).isInstanceOf(CheckResult.Warned.class));
  }

  @Test
  void aNewKeyAddsItsSignatureToWhatIsThereAndReadsNoNarAgain() {
    SamplePath path = uploaded(store.path("hello-1.0"));
    SecretKey next = SecretKey.generate(new KeyName("cache-2"));
    cache.cache().forgetRequests();
    new Admission(
            cache.cache(),
            cache.state(),
            keys -> {},
            (upstream, hash) -> Optional.empty(),
            () -> Settings.trusting(List.of(store.publicKey())),
            Optional.of(new SecretKeySigner(next)),
            cache.clock())
        .look(key(path));

    assertThat(cache.isServed(path.narInfoKey())).isTrue();
    assertThat(text(path))
        .isEqualTo(withOwnSig(path) + "Sig: " + next.sign(path.narInfo().fingerprint()) + "\n");
    assertThat(cache.cache().versions(key(path))).hasSize(3);
    assertThat(cache.cache().requests())
        .filteredOn(request -> request.key().equals(path.narKey()))
        .isNotEmpty()
        .noneMatch(
            request -> List.of("GetObject", "GetObjectVersion").contains(request.operation()));
  }

  @Test
  void rejectsAMalformedSignatureUnderItsOwnName() {
    SamplePath path = store.path("hello-1.0");
    Upload.of(path).more("Sig: cache-1:AAAA").to(cache.cache());
    cache.drain();

    assertThat(cache.isThere(path.narInfoKey())).isFalse();
  }

  @Test
  void anUploadInBetweenIsNotOverwritten() {
    SamplePath path = store.path("hello-1.0");
    MemoryCache overtaken =
        new MemoryCache(
            Settings.trusting(List.of(store.publicKey())), Optional.of(new Overtaken(path)));
    path.uploadTo(overtaken.cache());
    overtaking = overtaken;
    overtaken.drain();

    assertThat(overtaken.isServed(path.narInfoKey())).isTrue();
    assertThat(text(overtaken, path)).contains("Sig: stranger-1:").contains("Sig: cache-1:");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "DONE"})
  void signsAfterAFailureAtAnyRequest(Fault fault) {
    int failing = 0;
    boolean failed = true;
    while (failed) {
      MemoryCache each = signing(signer);
      SamplePath path = store.path("hello-1.0");
      FailOnce once = new FailOnce(failing++, fault);
      path.uploadTo(each.cache());
      each.cache().failing(once);
      each.state().failing(once);
      each.drain();
      failed = once.hasFailed();
      each.cache().failing(Fault.Plan.NEVER);
      each.state().failing(Fault.Plan.NEVER);

      assertThat(each.isServed(path.narInfoKey())).as("%s", once).isTrue();
      assertThat(text(each, path)).as("%s", once).isEqualTo(withOwnSig(path));
      assertThat(each.report(path.storePath().hash()).narinfo())
          .as("%s", once)
          .isEqualTo(each.cache().versions(key(path)).getFirst());
      assertThat(each.deadLetters()).isEmpty();
    }
    assertThat(failing).isGreaterThan(25);
  }

  /** Another upload comes while the first one is signed. */
  private final class Overtaken implements NarInfoSigner {
    private final SamplePath path;
    private boolean isDone;

    Overtaken(SamplePath path) {
      this.path = path;
    }

    @Override
    public PublicKey publicKey() {
      return own.publicKey();
    }

    @Override
    public Signing sign(String fingerprint) {
      if (!isDone) {
        isDone = true;
        Upload.of(path)
            .withoutNar()
            .more("Sig: " + STRANGER.sign(fingerprint))
            .to(overtaking.cache());
      }
      return signer.sign(fingerprint);
    }
  }

  /** Signs nothing. */
  private record Refusing(PublicKey publicKey) implements NarInfoSigner {
    @Override
    public Signing sign(String fingerprint) {
      return new Signing.Refused("at most 4096 bytes", fingerprint.length() + " bytes");
    }
  }

  private String withOwnSig(SamplePath path) {
    return path.narInfo().write() + "Sig: " + own.sign(path.narInfo().fingerprint()) + "\n";
  }

  private String text(SamplePath path) {
    return text(cache, path);
  }

  private static String text(MemoryCache in, SamplePath path) {
    return new String(in.cache().open(key(path)).orElseThrow().readAll(), UTF_8);
  }

  private static ObjectKey key(SamplePath path) {
    return new ObjectKey(path.narInfoKey());
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(cache.cache());
    cache.drain();
    return path;
  }
}

package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StorePath;
import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What nobody has verified is read before it is, or because something else was. */
class WaitingIsUnseenTest {
  private static final byte[] TAMPERED = "tampered".getBytes(UTF_8);

  @TempDir private static Path data;
  private static RunningCache cache;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @AfterEach
  void resume() {
    cache.resume();
  }

  @Test
  void anUploadIsUnseenUntilItIsJudged() {
    SamplePath path = cache.store.path("hello-1.0");
    cache.hold();
    cache.upload(path.narKey(), path.file());
    cache.assertUnseen(path.narKey());
    cache.upload(path.narInfoKey(), path.narInfoBytes());
    cache.assertUnseen(path.narInfoKey());
    cache.assertUnseen(path.narKey());
    cache.resume();
    cache.assertServed(path.narInfoKey());
    cache.assertServed(path.narKey());
  }

  @Test
  void aMultipartUploadIsUnseenInPartsAndAsAWhole() {
    SamplePath path = cache.store.path("parts-1.0");
    String key = path.narKey();
    cache.hold();
    String upload = cache.uploader.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    cache.assertUnseen(key);
    String eTag =
        cache
            .uploader
            .uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(path.file()))
            .eTag();
    cache.assertUnseen(key);
    cache.assertUnseen(".mpus-" + upload + "-" + key + "-1");
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
    cache.uploader.completeMultipartUpload(
        r -> r.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(part)));
    cache.assertUnseen(key);
  }

  @Test
  void aPathThatWaitsForAnotherIsUnseen() {
    StorePath missing = cache.store.storePath("missing-1.0");
    SamplePath path = cache.store.path("waiting-1.0", missing);
    cache.upload(path);
    cache.assertUnseen(path.narInfoKey());
    cache.assertUnseen(path.narKey());
    cache.settle();
    cache.assertUnseen(path.narInfoKey());
    cache.assertUnseen(path.narKey());
  }

  @Test
  void anUnsignedPathIsUnseen() {
    SamplePath signed = cache.store.path("unsigned-1.0");
    SamplePath path = signed.with(signed.narInfo().withSigs(List.of()));
    cache.upload(path);
    cache.settle();
    cache.assertUnseen(path.narInfoKey());
    cache.assertUnseen(path.narKey());
  }

  @Test
  void aNarOverAVerifiedOneIsUnseenAtOnceAndForGood() {
    SamplePath path = cache.verified("overwritten-nar-1.0");
    cache.hold();
    cache.upload(path.narKey(), TAMPERED);
    cache.assertUnseen(path.narKey());
    cache.resume();
    assertServed(path.narKey(), path.file());
  }

  @Test
  void aNarinfoOverAVerifiedOneIsUnseenAtOnceAndForGood() {
    SamplePath path = cache.verified("overwritten-narinfo-1.0");
    cache.hold();
    cache.upload(path.narInfoKey(), TAMPERED);
    cache.assertUnseen(path.narInfoKey());
    cache.resume();
    assertServed(path.narInfoKey(), path.narInfoBytes());
  }

  @Test
  void theSameBytesAgainAreUnseenUntilTheyAreJudged() {
    SamplePath path = cache.verified("again-1.0");
    cache.hold();
    cache.upload(path);
    cache.assertUnseen(path.narKey());
    cache.assertUnseen(path.narInfoKey());
    cache.resume();
    assertServed(path.narKey(), path.file());
    assertServed(path.narInfoKey(), path.narInfoBytes());
  }

  @Test
  void noReaderMayAskForAVersion() {
    SamplePath path = cache.verified("versions-1.0");
    String key = path.narKey();
    String verified = version(key);
    cache.hold();
    cache.upload(key, TAMPERED);
    String tampered = version(key);
    assertThat(tampered).isNotEqualTo(verified);
    for (String version : List.of(verified, tampered, "null")) {
      assertThat(cache.s3.get(key + "?versionId=" + version)).matches(RawAnswer::isRefusal);
      assertThat(cache.front.get(key + "?versionId=" + version)).matches(RawAnswer::isRefusal);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HASH.ls",
        "log/HASH-hello.drv",
        "debuginfo/0123456789012345678901234567890123456789.debug",
        "realisations/sha256:"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef!out.doi",
        "build-trace-v2/HASH-hello.drv/out.doi",
        "nar/other-name.nar",
        "nothing-that-nix-knows",
        "index.html",
        "robots.txt"
      })
  void everyOtherKindOfObjectIsUnseenToo(String pattern) {
    String hash = cache.store.storePath("other").hash().toString();
    String key = pattern.replace("HASH", hash);
    cache.hold();
    cache.upload(key, "{}".getBytes(UTF_8));
    cache.assertUnseen(key);
  }

  @Test
  void nothingIsEverReadButWhatWasVerified() throws InterruptedException {
    SamplePath path = cache.verified("raced-1.0");
    var done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    cache.upload(path.narInfoKey(), TAMPERED);
                    cache.upload(path.narKey(), TAMPERED);
                  }
                  done.set(true);
                });
    while (!done.get() && writer.isAlive()) {
      assertRefusedOr(path.narInfoKey(), path.narInfoBytes());
      assertRefusedOr(path.narKey(), path.file());
    }
    writer.join();
    assertThat(done).isTrue();
    cache.settle();
    assertServed(path.narInfoKey(), path.narInfoBytes());
    assertServed(path.narKey(), path.file());
  }

  private static void assertRefusedOr(String key, byte[] verified) {
    assertThat(cache.read(key))
        .allMatch(answer -> answer.isRefusal() || isAnswer(answer, verified));
  }

  private static void assertServed(String key, byte[] bytes) {
    assertThat(cache.read(key)).allMatch(answer -> isAnswer(answer, bytes));
  }

  private static boolean isAnswer(RawAnswer answer, byte[] bytes) {
    return answer.status() == 200 && answer.body().equals(new String(bytes, ISO_8859_1));
  }

  private static String version(String key) {
    return cache.uploader.headObject(r -> r.bucket(BUCKET).key(key)).versionId();
  }
}

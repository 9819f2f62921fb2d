package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Two archives with the same MD5, so with the same ETag: nothing that was found of the one may hold
 * for the other. They differ in the text of a file, in an identical-prefix collision behind the
 * archive's own beginning.
 *
 * @see <a href="https://eprint.iacr.org/2006/104">Stevens: Fast Collision Attack on MD5</a>
 */
class Md5CollisionTest {
  private static final byte[] GOOD = resource("md5-collision-1.nar");
  private static final byte[] EVIL = resource("md5-collision-2.nar");

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

  @ParameterizedTest
  @ValueSource(strings = {"nar/HASH.nar", "nar/some-name.nar"})
  void theSecondArchiveHasNothingOfTheFirstOnesVerdict(String url) {
    SamplePath path = good(url.replace("HASH", SampleStore.sha256(GOOD).nix32()));
    cache.upload(path);
    cache.settle();
    assertServed(path);
    HeadObjectResponse first = head(path.narKey());

    cache.hold();
    cache.upload(path.narKey(), EVIL);
    HeadObjectResponse second = head(path.narKey());
    assertThat(second.eTag()).isEqualTo(first.eTag());
    assertThat(second.versionId()).isNotEqualTo(first.versionId());
    assertThat(cache.tags(path.narKey())).isEmpty();
    cache.assertUnseen(path.narKey());

    cache.resume();
    assertServed(path);
    assertThat(head(path.narKey()).versionId()).isEqualTo(first.versionId());
  }

  @Test
  void theFirstArchivesNarinfoDoesNotVerifyTheSecond() {
    SamplePath path = good("nar/another-name.nar");
    cache.upload(path.narKey(), EVIL);
    cache.upload(path.narInfoKey(), path.narInfoBytes());
    cache.settle();
    cache.assertUnseen(path.narKey());
    cache.assertUnseen(path.narInfoKey());
    cache.upload(path);
    cache.settle();
    assertServed(path);
  }

  @Test
  void theSecondArchiveIsJudgedForItselfAfterTheFirstWasVerified() {
    SamplePath path = good("nar/third-name.nar");
    cache.upload(path);
    cache.settle();
    assertServed(path);
    cache.upload(path.narKey(), EVIL);
    cache.upload(path.narInfoKey(), path.narInfoBytes());
    cache.settle();
    assertServed(path);
  }

  /** A signed path whose archive is the first. */
  private static SamplePath good(String url) {
    StorePath name = cache.store.storePath("collision-1.0");
    SamplePath path = cache.store.of(name, GOOD, Compression.NONE, List.of());
    Hash hash = SampleStore.sha256(GOOD);
    NarInfo narInfo = path.narInfo().withFile(url, Compression.NONE, hash, GOOD.length);
    return path.with(cache.store.signed(narInfo));
  }

  private static void assertServed(SamplePath path) {
    cache.assertServed(path.narInfoKey());
    assertThat(cache.read(path.narKey()))
        .allMatch(answer -> answer.status() == 200)
        .allMatch(answer -> answer.body().equals(new String(GOOD, ISO_8859_1)));
  }

  private static HeadObjectResponse head(String key) {
    return cache.validate.headObject(r -> r.bucket(BUCKET).key(key));
  }

  private static byte[] resource(String name) {
    try (InputStream in = Md5CollisionTest.class.getResourceAsStream(name)) {
      return requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

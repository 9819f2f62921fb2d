package io.narthex.local.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.StaticCredentials;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class VerifiedVersionsTest {
  private static final ObjectKey KEY = new ObjectKey("nar/a.nar");

  private final MemoryStore cache = new MemoryStore(new MovableClock());
  private final S3Presigner presigner =
      S3Clients.presigner(
          new S3Access(
              "us-east-1",
              Optional.of(URI.create("http://127.0.0.1:1")),
              Optional.of(new StaticCredentials("id", "secret"))));
  private final VerifiedVersions verified = new VerifiedVersions(cache, presigner, "cache");

  @AfterEach
  void close() {
    presigner.close();
  }

  private VersionId upload(Optional<VerdictTag> verdict) {
    VersionId version = cache.upload(KEY.value(), "bytes".getBytes(UTF_8));
    verdict.ifPresent(tag -> cache.tag(KEY, version, tag.on(Tags.NONE)));
    return version;
  }

  @Test
  void givesOutWhatIsVerifiedByItsVersion() {
    VersionId version = upload(Optional.of(VerdictTag.VERIFIED));
    assertThat(verified.open(KEY).orElseThrow().object().version()).isEqualTo(version);
    assertThat(verified.head(KEY).orElseThrow().version()).isEqualTo(version);
    var found = verified.head(KEY).orElseThrow();
    assertThat(verified.presignGet(found, Duration.ofMinutes(1)).getQuery())
        .contains("versionId=" + version);
  }

  @Test
  void givesOutNothingElse() {
    upload(Optional.of(VerdictTag.VERIFIED));
    for (var verdict : new VerdictTag[] {VerdictTag.WAITING, VerdictTag.REJECTED}) {
      upload(Optional.of(verdict));
      isHeldBack();
    }
    upload(Optional.empty());
    isHeldBack();
  }

  private void isHeldBack() {
    assertThat(verified.open(KEY)).isEmpty();
    assertThat(verified.head(KEY)).isEmpty();
  }
}

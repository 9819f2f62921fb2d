package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.codec.Compression;
import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A reader who wants what has not been verified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnverifiedReadTest {
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  @Test
  void whatWaitsForAReferenceIsReadAtNeitherDoor() {
    SamplePath reference = doors.store.path("reference");
    SamplePath waiting = doors.store.path("waiting", reference.storePath());
    doors.upload(waiting);
    assertUnreadable(waiting);
    doors.upload(reference);
    assertThat(doors.front("/" + waiting.narInfoKey()).statusCode()).isEqualTo(200);
    assertThat(doors.front("/" + waiting.narKey()).statusCode()).isEqualTo(307);
    assertThat(doors.bucket(waiting.narKey()).statusCode()).isEqualTo(200);
  }

  @Test
  void whatWaitsForASignatureIsReadAtNeitherDoor() {
    SamplePath unsigned = doors.store.unsigned("unsigned", Compression.ZSTD, List.of());
    doors.upload(unsigned);
    assertUnreadable(unsigned);
  }

  @Test
  void whatWaitsForItsNarIsReadAtNeitherDoor() {
    SamplePath path = doors.store.path("no-nar");
    doors.put(path.narInfoKey(), path.narInfoBytes());
    doors.settle();
    doors.assertUnreadable(path.narInfoKey());
  }

  @Test
  void aNarThatNobodyAskedForIsReadAtNeitherDoor() {
    SamplePath path = doors.store.path("no-narinfo");
    doors.put(path.narKey(), path.file());
    doors.settle();
    doors.assertUnreadable(path.narKey());
  }

  private void assertUnreadable(SamplePath path) {
    for (String key : List.of(path.narInfoKey(), path.narKey())) {
      doors.assertUnreadable(key);
      String version = doors.uploader.headObject(h -> h.bucket(BUCKET).key(key)).versionId();
      assertThat(doors.bucket(key + "?versionId=" + version).statusCode()).isEqualTo(403);
      assertThat(doors.bucket(key + "?tagging").statusCode()).isEqualTo(403);
      for (URI uri :
          List.of(
              URI.create(doors.url() + "/" + key),
              URI.create(doors.s3() + "/" + BUCKET + "/" + key))) {
        assertThat(doors.send(HttpRequest.newBuilder(uri).HEAD()).statusCode()).isBetween(400, 499);
        assertThat(
                doors.send(HttpRequest.newBuilder(uri).header("Range", "bytes=0-3")).statusCode())
            .isBetween(400, 499);
      }
    }
    assertThat(doors.front("/" + path.storePath().hash() + ".ls").statusCode()).isBetween(400, 499);
  }
}

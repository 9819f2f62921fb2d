package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3Clients;
import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signed URLs: they carry the rights of their signer at the time of the read, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresignedUrlTest {
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  private URI presigned(String principal, String key) {
    try (S3Presigner presigner = S3Clients.presigner(doors.access(principal))) {
      return URI.create(
          presigner
              .presignGetObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(g -> g.bucket(BUCKET).key(key)))
              .url()
              .toString());
    }
  }

  private int get(URI uri) {
    return doors.send(HttpRequest.newBuilder(uri)).statusCode();
  }

  @Test
  void opensAnUnverifiedObjectToItsUploaderOnly() {
    SamplePath path = doors.store.path("unsolicited");
    doors.put(path.narKey(), path.file());
    doors.settle();
    assertThat(get(presigned("serve", path.narKey()))).isEqualTo(403);
    assertThat(get(presigned("upload", path.narKey()))).isEqualTo(200);
    doors.assertUnreadable(path.narKey());
  }

  @Test
  void madeWhenVerifiedShowsNoOverwrite() {
    SamplePath path = doors.store.path("overwritten");
    doors.upload(path);
    URI redirect =
        URI.create(doors.front("/" + path.narKey()).headers().firstValue("Location").orElseThrow());
    byte[] good = path.file();
    assertThat(get(redirect)).isEqualTo(200);
    byte[] evil = path.file();
    evil[evil.length - 1] ^= 1;
    doors.put(path.narKey(), evil);
    var answer = doors.send(HttpRequest.newBuilder(redirect));
    assertThat(answer.statusCode()).isIn(200, 403);
    assertThat(answer.body()).isNotEqualTo(new String(evil, ISO_8859_1));
    doors.settle();
    assertThat(doors.send(HttpRequest.newBuilder(redirect)).body())
        .isEqualTo(new String(good, ISO_8859_1));
  }

  @Test
  void isForOneMethodAndOneKey() {
    SamplePath path = doors.store.path("one");
    SamplePath other = doors.store.path("other");
    doors.upload(path);
    doors.put(other.narKey(), other.file());
    doors.settle();
    URI uri = presigned("upload", path.narKey());
    assertThat(get(uri)).isEqualTo(200);
    assertThat(get(URI.create(uri.toString().replace(path.narKey(), other.narKey()))))
        .isEqualTo(403);
    assertThat(get(URI.create(uri.toString().replace("Expires=300", "Expires=3000"))))
        .isEqualTo(403);
    assertThat(get(URI.create(uri + "&versionId=x"))).isEqualTo(403);
    assertThat(doors.send(HttpRequest.newBuilder(uri).HEAD()).statusCode()).isEqualTo(403);
    assertThat(doors.send(HttpRequest.newBuilder(uri).DELETE()).statusCode()).isEqualTo(403);
    assertThat(
            doors.send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString("x"))).statusCode())
        .isEqualTo(403);
  }
}

package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Requests and uploads that are larger than any that a client sends. */
class OversizedRequestTest {
  private static final int MEGABYTE = 1 << 20;
  private static final long HUGE = 100L * MEGABYTE;

  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath verified;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    verified = cache.verified("hello-1.0");
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  /** Whatever was asked for, both doors still serve. */
  @AfterEach
  void bothDoorsAreOpen() {
    cache.assertServed(verified.narInfoKey());
    cache.assertServed(verified.narKey());
  }

  @Test
  void aNarinfoOf100MegabytesIsNeverServed() {
    String key = cache.store.storePath("huge-1.0").hash() + ".narinfo";
    var head = new SignedHead(cache.s3, cache.credentials("upload"));
    String put = head.of("PUT", cache.s3.root() + "/" + key) + "Content-Length: " + HUGE + "\r\n";
    assertThat(cache.s3.send(put, HUGE).status()).isEqualTo(200);
    cache.assertUnseen(key);
    cache.settle();
    cache.assertUnseen(key);
    assertThat(cache.versions()).noneMatch(version -> version.startsWith(key));
  }

  @Test
  void aNarinfoThatUnpacksTo100MegabytesIsNeverServed() throws IOException {
    String key = cache.store.storePath("bomb-1.0").hash() + ".narinfo";
    cache.uploader.putObject(
        r -> r.bucket(BUCKET).key(key).contentEncoding("gzip"), RequestBody.fromBytes(bomb()));
    cache.assertUnseen(key);
    cache.settle();
    cache.assertUnseen(key);
    assertThat(cache.versions()).noneMatch(version -> version.startsWith(key));
  }

  @Test
  void aNarThatUnpacksToMoreThanItsNarinfoSaysIsNeverServed() throws IOException {
    SamplePath path = cache.store.path("unpacked-1.0").withFile(bomb());
    cache.upload(path);
    cache.settle();
    cache.assertUnseen(path.narKey());
    cache.assertUnseen(path.narInfoKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH", "GET"})
  void aHugeBodyIsRefusedAtTheFront(String method) {
    for (String key : List.of("x.narinfo", "nar/x.nar", verified.narInfoKey())) {
      assertThat(cache.front.send(withLength(cache.front, method, "/" + key), HUGE))
          .matches(RawAnswer::isRefusal);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "GET"})
  void aHugeBodyIsRefusedAtTheS3Endpoint(String method) {
    List<String> before = cache.versions();
    String target = cache.s3.root() + "/x.narinfo";
    assertThat(cache.s3.send(withLength(cache.s3, method, target), HUGE))
        .matches(RawAnswer::isRefusal);
    assertThat(cache.versions()).isEqualTo(before);
  }

  @Test
  void aHugeDocumentIsRefusedAtTheS3Endpoint() {
    String target = cache.s3.root() + "/x.narinfo";
    for (String call :
        List.of("PUT " + target + "?tagging", "POST " + cache.s3.root() + "?delete")) {
      String[] words = call.split(" ", 2);
      assertThat(cache.s3.send(withLength(cache.s3, words[0], words[1]), HUGE))
          .as(call)
          .matches(RawAnswer::isRefusal);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {64L << 10, MEGABYTE, 4L * MEGABYTE})
  void aHugePathQueryOrHeaderIsRefused(long size) {
    String text = "a".repeat((int) size);
    for (Door door : List.of(cache.front, cache.s3)) {
      String key = door.root() + "/" + verified.narInfoKey();
      assertThat(door.ask("GET", door.root() + "/" + text)).matches(RawAnswer::isRefusal);
      assertThat(door.ask("GET", door.root() + "/" + "a/".repeat((int) size / 2)))
          .matches(RawAnswer::isRefusal);
      assertThat(door.ask("GET", door.root() + "/" + "%2e".repeat((int) size / 3)))
          .matches(RawAnswer::isRefusal);
      assertThat(door.ask("GET", key + "?" + text)).matches(RawAnswer::isRefusal);
      assertThat(door.ask("GET", key + "?" + "a&".repeat((int) size / 2)))
          .matches(RawAnswer::isRefusal);
      assertThat(door.send(door.head("GET", key) + "X-Long: " + text + "\r\n", 0))
          .matches(RawAnswer::isRefusal);
      assertThat(door.send(door.head("GET", key) + "X-Many: 1\r\n".repeat((int) size / 11), 0))
          .matches(RawAnswer::isRefusal);
      assertThat(door.send(door.head("GET", key) + text + ": 1\r\n", 0))
          .matches(RawAnswer::isRefusal);
      assertThat(door.ask(text, key)).matches(RawAnswer::isRefusal);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 99999999999999999999",
        "Content-Length: -1",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 1\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, x",
        "Transfer-Encoding: x",
        "Content-Length: 9223372036854775807"
      })
  void aLengthThatCannotBeIsRefused(String header) {
    for (Door door : List.of(cache.front, cache.s3)) {
      for (String method : List.of("PUT", "POST")) {
        String head = door.head(method, door.root() + "/x.narinfo") + header + "\r\n";
        assertThat(door.send(head, MEGABYTE)).matches(RawAnswer::isRefusal);
      }
    }
  }

  @Test
  void anEndlessChunkIsRefused() {
    for (Door door : List.of(cache.front, cache.s3)) {
      for (String size : List.of("6400000", "7fffffffffffffff", "ffffffffffffffffff", "-1", "zz")) {
        String head =
            door.head("PUT", door.root() + "/x.narinfo")
                + "Transfer-Encoding: chunked\r\n\r\n"
                + size;
        assertThat(door.send(head, HUGE)).as(size).matches(RawAnswer::isRefusal);
      }
    }
  }

  private static String withLength(Door door, String method, String target) {
    return door.head(method, target) + "Content-Length: " + HUGE + "\r\n";
  }

  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[MEGABYTE];
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (long left = HUGE; left > 0; left -= zeros.length) {
        out.write(zeros);
      }
    }
    return bytes.toByteArray();
  }
}

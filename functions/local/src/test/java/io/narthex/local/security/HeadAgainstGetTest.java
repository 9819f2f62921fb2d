package io.narthex.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A HEAD, a range or a condition that tells of an object what a GET of it would not. */
class HeadAgainstGetTest {
  @TempDir private static Path data;
  private static RunningCache cache;
  private static SamplePath open;
  private static SamplePath waiting;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(data);
    open = cache.verified("hello-1.0");
    waiting = cache.store.path("waiting-1.0", cache.store.storePath("missing-1.0"));
    cache.upload(waiting);
    cache.settle();
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @Test
  void headSaysOfWhatIsHiddenWhatItSaysOfWhatIsAbsent() {
    for (Door door : List.of(cache.front, cache.s3)) {
      RawAnswer hidden = head(door, waiting.narKey());
      assertThat(hidden).matches(RawAnswer::isRefusal);
      assertThat(hidden.body()).isEmpty();
      assertThat(hidden.header("ETag")).isEmpty();
      assertThat(hidden.header("Last-Modified")).isEmpty();
      assertThat(hidden.header("Content-Length").orElse("0"))
          .isNotEqualTo(Integer.toString(waiting.file().length));
      assertThat(hidden.status()).isEqualTo(door.get(waiting.narKey()).status());
      assertThat(head(door, waiting.narInfoKey()).status())
          .isEqualTo(door.get(waiting.narInfoKey()).status());
    }
  }

  @Test
  void headSaysOfWhatIsOpenWhatGetBrings() {
    for (Door door : List.of(cache.front, cache.s3)) {
      RawAnswer get = door.get(open.narInfoKey());
      RawAnswer head = head(door, open.narInfoKey());
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String name : List.of("Content-Length", "Content-Type", "Cache-Control", "ETag")) {
        assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
      }
      assertThat(head(door, open.narKey()).header("Content-Length"))
          .contains(Integer.toString(open.file().length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Range: bytes=0-0",
        "Range: bytes=-1",
        "Range: bytes=0-",
        "Range: bytes=999999999-",
        "Range: bytes=0-0,2-2",
        "Range: lines=1-2",
        "If-Match: *",
        "If-Match: \"0\"",
        "If-None-Match: *",
        "If-None-Match: \"0\"",
        "If-Modified-Since: Mon, 23 Nov 2020 00:00:00 GMT",
        "If-Unmodified-Since: Mon, 23 Nov 2020 00:00:00 GMT",
        "If-Range: \"0\"\r\nRange: bytes=0-0"
      })
  void rangesAndConditionsTellNothingOfWhatIsHidden(String lines) {
    for (Door door : List.of(cache.front, cache.s3)) {
      for (String method : List.of("GET", "HEAD")) {
        for (String key : List.of(waiting.narKey(), waiting.narInfoKey())) {
          String head = door.head(method, door.root() + "/" + key);
          RawAnswer plain = door.send(head, 0);
          RawAnswer asked = door.send(head + lines + "\r\n", 0);
          assertThat(asked.status()).isEqualTo(plain.status()).isNotIn(304, 412, 416);
          assertThat(asked.header("Content-Range")).isEmpty();
          assertThat(asked.header("ETag")).isEmpty();
          assertThat(asked.body().length()).isEqualTo(plain.body().length());
        }
      }
    }
  }

  @Test
  void aRangeOfWhatIsOpenIsThatPartOfIt() {
    URI url = URI.create(cache.front.get(open.narKey()).header("Location").orElseThrow());
    Door s3 = cache.presigned(url);
    RawAnswer part =
        s3.send(
            s3.head("GET", url.getRawPath() + "?" + url.getRawQuery()) + "Range: bytes=0-3\r\n", 0);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).hasSize(4);
    RawAnswer whole =
        cache.front.send(
            cache.front.head("GET", "/" + open.narInfoKey()) + "Range: bytes=0-3\r\n", 0);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.header("Content-Range")).isEqualTo(Optional.empty());
    assertThat(whole.body()).isEqualTo(cache.front.get(open.narInfoKey()).body());
  }

  private static RawAnswer head(Door door, String key) {
    return door.ask("HEAD", door.root() + "/" + key);
  }
}

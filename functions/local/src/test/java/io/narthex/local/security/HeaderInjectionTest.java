package io.narthex.local.security;

import static io.narthex.local.security.RunningCache.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StorePath;
import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What an uploader or a reader writes ends a line in the head of an answer and begins its own. */
class HeaderInjectionTest {
  private static final String HEADER = "X-Injected";

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

  /** A field of a narinfo whose value can be somebody else's. */
  enum Field {
    STORE_PATH("StorePath"),
    URL("URL"),
    COMPRESSION("Compression"),
    FILE_HASH("FileHash"),
    FILE_SIZE("FileSize"),
    NAR_HASH("NarHash"),
    NAR_SIZE("NarSize"),
    REFERENCES("References");

    private final String label;

    Field(String label) {
      this.label = label;
    }

    /** The narinfo with something behind the value of the field. */
    String changed(String narInfo, String behind) {
      return narInfo.replaceFirst("(?m)^(" + label + ": .*)$", "$1" + behind);
    }
  }

  @ParameterizedTest
  @EnumSource(Field.class)
  void noFieldOfANarinfoBecomesAHeader(Field field) {
    for (String behind :
        List.of(
            "\r\n" + HEADER + ": 1\r\n\r\nbody",
            "\r" + HEADER + ": 1",
            "%0d%0a" + HEADER + ":%201",
            "\u0000" + HEADER + ": 1",
            "\u000b" + HEADER + ": 1",
            "\u0085" + HEADER + ": 1",
            "\u2028" + HEADER + ": 1",
            "\u560d\u560a" + HEADER + ": 1",
            " ; " + HEADER + "=1")) {
      SamplePath path = cache.store.path("injected-1.0");
      String text = new String(path.narInfoBytes(), UTF_8);
      String changed = field.changed(text, behind);
      assertThat(changed).isNotEqualTo(text);
      cache.upload(path.narKey(), path.file());
      cache.upload(path.narInfoKey(), changed.getBytes(UTF_8));
      cache.settle();
      cache.assertUnseen(path.narInfoKey());
      assertClean(path.narInfoKey());
      assertClean(path.narKey());
      assertClean("api/v1/paths/" + path.storePath().hash());
    }
  }

  /** Nix reads a signature up to its padding, so such a path is a good one. */
  @Test
  void whatFollowsASignatureStaysInItsBody() {
    SamplePath path = cache.store.path("signed-1.0");
    String text = new String(path.narInfoBytes(), UTF_8);
    cache.upload(path.narKey(), path.file());
    cache.upload(
        path.narInfoKey(), text.replace("==\n", "==\r" + HEADER + ": 1\u0000\n").getBytes(UTF_8));
    cache.settle();
    assertClean(path.narInfoKey());
    assertClean("api/v1/paths/" + path.storePath().hash());
  }

  @Test
  void aLineOfItsOwnInAVerifiedNarinfoStaysInItsBody() {
    SamplePath path = cache.store.path("extended-1.0");
    String text = new String(path.narInfoBytes(), UTF_8);
    cache.upload(path.narKey(), path.file());
    cache.upload(path.narInfoKey(), (text + HEADER + ": 1\n").getBytes(UTF_8));
    cache.settle();
    assertClean(path.narInfoKey());
    assertClean(path.narKey());
  }

  @Test
  void aStorePathOfAnotherCannotBeNamed() {
    StorePath name = cache.store.storePath("named-1.0");
    SamplePath path = cache.store.path("hello-1.0");
    String text = new String(path.narInfoBytes(), UTF_8);
    cache.upload(path.narKey(), path.file());
    cache.upload(name.hash() + ".narinfo", text.getBytes(UTF_8));
    cache.settle();
    cache.assertUnseen(name.hash() + ".narinfo");
    cache.assertUnseen(path.narKey());
  }

  @Test
  void whatTheUploaderSaysOfAnObjectIsNotRepeatedAtTheFront() {
    SamplePath path = cache.store.path("described-1.0");
    cache.upload(path.narKey(), path.file());
    cache.uploader.putObject(
        r ->
            r.bucket(BUCKET)
                .key(path.narInfoKey())
                .contentType("text/html; x=" + HEADER)
                .cacheControl(HEADER)
                .contentDisposition("inline; filename=" + HEADER)
                .contentLanguage(HEADER)
                .metadata(Map.of("x-injected", "1")),
        RequestBody.fromBytes(path.narInfoBytes()));
    cache.settle();
    RawAnswer answer = cache.front.get(path.narInfoKey());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head()).doesNotContainIgnoringCase(HEADER);
    assertThat(answer.header("Content-Type")).contains("text/x-nix-narinfo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response-content-type",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-cache-control",
        "response-expires"
      })
  void noParameterOfAReaderBecomesAHeader(String parameter) {
    for (String value : List.of("a%0d%0a" + HEADER + ":%201", "a%0a" + HEADER, HEADER)) {
      for (String key : List.of(verified.narInfoKey(), verified.narKey())) {
        String asked = key + "?" + parameter + "=" + value;
        assertThat(cache.s3.get(asked)).matches(RawAnswer::isRefusal);
        assertThat(withoutLocation(cache.front.get(asked)))
            .doesNotContainIgnoringCase(HEADER + ":");
        assertClean(asked);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x%0d%0aX-Injected:%201",
        "nar/x%0d%0aX-Injected:%201.nar",
        "nar/x\u00e5\u0098\u008d\u00e5\u0098\u008aX-Injected:1.nar",
        "log/x%0aX-Injected:%201.drv",
        "api/v1/paths/x%0d%0aX-Injected:%201"
      })
  void noPathBecomesAHeader(String path) {
    for (Door door : List.of(cache.front, cache.s3)) {
      RawAnswer answer = door.get(path);
      assertThat(answer).matches(RawAnswer::isRefusal);
      assertThat(answer.head()).doesNotContainIgnoringCase(HEADER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rX-Injected: 1", "a\u0000b", "a\nX-Injected: 1", "\u00ff\u00fe"})
  void noMetadataOfAnUploadBecomesAnotherHeader(String value) {
    var head = new SignedHead(cache.s3, cache.credentials("upload"));
    String key = "nar/metadata.nar";
    RawAnswer answer =
        cache.s3.send(
            head.of("PUT", cache.s3.root() + "/" + key)
                + "Content-Length: 1\r\nx-amz-meta-a: "
                + value
                + "\r\n",
            1);
    assertThat(answer.status()).isLessThan(500);
    assertThat(answer.head()).doesNotContainIgnoringCase(HEADER);
    cache.settle();
    assertClean(key);
  }

  private static void assertClean(String key) {
    for (RawAnswer answer : cache.read(key)) {
      assertThat(answer.status()).isLessThan(500);
      assertThat(answer.head()).doesNotContainIgnoringCase(HEADER);
      assertThat(answer.head().getBytes(ISO_8859_1)).doesNotContain(0x00);
    }
  }

  private static String withoutLocation(RawAnswer answer) {
    return answer.head().replaceFirst("(?im)^location:.*$", "");
  }
}

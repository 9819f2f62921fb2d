package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Narinfos and headers of uploads that mean to become headers of answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderInjectionTest {
  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nar/x.nar\r\nSet-Cookie: a=b",
        "nar/x.nar\rSet-Cookie: a=b",
        "nar/x%0d%0aSet-Cookie:%20a=b.nar",
        "nar/x\u0085Set-Cookie: a=b",
        "nar/x\u2028Set-Cookie: a=b",
        "nar/\u560d\u560aSet-Cookie: a=b",
        "http://evil.example/x.nar",
        "//evil.example/x.nar",
        "nar/../../evil",
        "nar/x.nar?response-content-type=text/html",
        "nar/x.nar#fragment",
      })
  void urlOfANarInfoBecomesNoHeader(String url) {
    SamplePath path = doors.store.path("injecting");
    String text = path.narInfo().write().replace("URL: " + path.narKey(), "URL: " + url);
    assertThat(text).contains(url);
    doors.put(path.narKey(), path.file());
    doors.put(path.narInfoKey(), text.getBytes(UTF_8));
    doors.settle();
    assertClean(doors.front("/" + path.narInfoKey()));
    assertClean(doors.bucket(path.narInfoKey()));
    doors.assertUnreadable(path.narInfoKey());
    assertClean(doors.front("/" + path.narKey()));
    assertClean(doors.front("/api/v1/paths/" + path.storePath().hash()));
    assertThat(
            doors
                .front("/api/v1/paths/" + path.storePath().hash())
                .headers()
                .firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/html; charset=utf-8", "image/svg+xml"})
  void contentTypeOfTheUploaderIsNotServedByTheFront(String type) {
    SamplePath path = doors.store.path("typed");
    doors.put(path.narKey(), path.file());
    doors.uploader.putObject(
        p -> p.bucket(Doors.BUCKET).key(path.narInfoKey()).contentType(type),
        RequestBody.fromBytes(path.narInfoBytes()));
    doors.settle();
    var answer = doors.front("/" + path.narInfoKey());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/x-nix-narinfo");
  }

  private static void assertClean(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isBetween(200, 499);
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "Set-Cookie");
    List<String> locations = answer.headers().allValues("Location");
    assertThat(locations).allSatisfy(l -> assertThat(l).startsWith("http://127.0.0.1:"));
  }
}

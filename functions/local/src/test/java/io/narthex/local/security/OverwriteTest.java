package io.narthex.local.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An uploader who replaces what is verified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverwriteTest {
  private static final int READS = 20;

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
  @ValueSource(booleans = {true, false})
  void isNeverServedAndLeavesWhatWasVerified(boolean narInfo) {
    SamplePath path = doors.store.path("victim");
    doors.upload(path);
    String key = narInfo ? path.narInfoKey() : path.narKey();
    String good = new String(narInfo ? path.narInfoBytes() : path.file(), ISO_8859_1);
    doors.put(key, good.replace('a', 'b').getBytes(ISO_8859_1));
    for (int i = 0; i < READS; i++) {
      assertGoodOrRefused(doors.bucket(key), good);
      if (narInfo) {
        assertGoodOrRefused(doors.front("/" + key), good);
      }
    }
    doors.settle();
    assertThat(doors.bucket(key).body()).isEqualTo(good);
  }

  private static void assertGoodOrRefused(HttpResponse<String> answer, String good) {
    assertThat(answer.statusCode()).isIn(200, 403, 404);
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).isEqualTo(good);
    }
  }
}

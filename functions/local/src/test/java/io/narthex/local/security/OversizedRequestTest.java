package io.narthex.local.security;

import static io.narthex.local.security.Doors.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are larger than anything Nix sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OversizedRequestTest {
  private static final int MEGABYTE = 1_000_000;

  private Doors doors;

  @BeforeAll
  void open(@TempDir Path directory) {
    doors = Doors.open(directory);
  }

  @AfterAll
  void close() {
    doors.close();
  }

  /** A request of which one thing is huge; {@code at} is the door's own prefix of keys. */
  enum Huge {
    PATH {
      @Override
      String request(String at) {
        return "GET "
            + at
            + "/nar/"
            + "a".repeat(MEGABYTE)
            + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    },
    PATH_THAT_JUST_FITS {
      @Override
      String request(String at) {
        return "GET " + at + "/nar/" + "a".repeat(7000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    },
    PATH_OF_MANY_SEGMENTS {
      @Override
      String request(String at) {
        return "GET " + at + "/nar" + "/a".repeat(3500) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    },
    QUERY {
      @Override
      String request(String at) {
        return "GET " + at + "/x?" + "a".repeat(MEGABYTE) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    },
    QUERY_OF_MANY_PARAMETERS {
      @Override
      String request(String at) {
        return "GET " + at + "/x?" + "a=b&".repeat(1700) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    },
    HEADER {
      @Override
      String request(String at) {
        return "GET "
            + at
            + "/x HTTP/1.1\r\nHost: localhost\r\nX-A: "
            + "a".repeat(MEGABYTE)
            + "\r\n\r\n";
      }
    },
    MANY_HEADERS {
      @Override
      String request(String at) {
        return "GET "
            + at
            + "/x HTTP/1.1\r\nHost: localhost\r\n"
            + "X-A: a\r\n".repeat(100_000)
            + "\r\n";
      }
    },
    AUTHORIZATION {
      @Override
      String request(String at) {
        return "GET "
            + at
            + "/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 "
            + "Credential=,".repeat(3000)
            + "\r\n\r\n";
      }
    },
    ANNOUNCED_BODY {
      @Override
      String request(String at) {
        return "PUT "
            + at
            + "/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9223372036854775807\r\n"
            + "Expect: 100-continue\r\n\r\n";
      }
    },
    METHOD {
      @Override
      String request(String at) {
        return "A".repeat(7000) + " " + at + "/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
      }
    };

    abstract String request(String at);
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedAtEitherDoor(Huge huge) {
    assertThat(Doors.raw(doors.url(), huge.request(""))).isBetween(400, 499);
    assertThat(Doors.raw(doors.s3(), huge.request("/" + BUCKET))).isBetween(400, 499);
  }

  @Test
  void aNarInfoOfAHundredMegabytesIsNeverServedAndStopsNobody() {
    SamplePath path = doors.store.path("huge");
    byte[] text = path.narInfoBytes();
    byte[] huge = Arrays.copyOf(text, 100 * MEGABYTE);
    Arrays.fill(huge, text.length, huge.length, (byte) '\n');
    doors.put(path.narKey(), path.file());
    doors.put(path.narInfoKey(), huge);
    doors.assertUnreadable(path.narInfoKey());
    doors.settle();
    doors.assertUnreadable(path.narInfoKey());
    assertThat(doors.front("/-/status").body()).contains("\"deadLetters\":0");
    doors.upload(path);
    assertThat(doors.front("/" + path.narInfoKey()).statusCode()).isEqualTo(200);
  }
}

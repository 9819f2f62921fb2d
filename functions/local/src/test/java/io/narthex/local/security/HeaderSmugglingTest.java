package io.narthex.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SamplePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A head that two readers of it take apart in two ways: one sees a header, or a request, that the
 * other does not.
 */
class HeaderSmugglingTest {
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

  /** What is asked for is open to everyone: a line that is passed over would show as an answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization : Basic eDp5",
        "Authorization\t: Basic eDp5",
        "X-A: b\r\n Authorization: Basic eDp5",
        "X-A: b\r\n\tAuthorization: Basic eDp5",
        "Authorization:\r\n Basic eDp5",
        "Authorization: Basic\r\n eDp5",
        " Authorization: Basic eDp5",
        "Authorization",
        ": Basic eDp5",
        "Authori\u0000zation: Basic eDp5",
        "Authorization: Basic \u0000eDp5",
        "Author\u00edzation: Basic eDp5",
        "Authorization(x): Basic eDp5",
        "\"Authorization\": Basic eDp5",
        "X-A: b\rAuthorization: Basic eDp5",
        "Host: example.org",
        "Content-Length: 0\r\nContent-Length: 30",
        "Content-Length: 0, 30",
        "Content-Length: +30",
        "Transfer-Encoding: chunked\r\nContent-Length: 30",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"
      })
  void aHeadThatCanBeReadInTwoWaysIsRefused(String lines) {
    for (Door door : List.of(cache.front, cache.s3)) {
      String head = door.head("GET", door.root() + "/" + open.narInfoKey());
      assertThat(door.send(head + lines + "\r\n", 0)).matches(RawAnswer::isRefusal);
    }
  }

  /** The second request is in the body of the first, or is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 4\r\nContent-Length: 0\r\n\r\nabcd"
      })
  void aRequestInsideARequestIsNotAnswered(String lines) {
    for (Door door : List.of(cache.front, cache.s3)) {
      String first =
          "POST " + door.root() + "/x HTTP/1.1\r\nHost: " + door.uri().getAuthority() + "\r\n";
      String inside = door.head("GET", door.root() + "/" + open.narInfoKey());
      RawAnswer answer = door.send(first + lines + inside, 0);
      assertThat(answer).matches(RawAnswer::isRefusal);
      assertThat(answer.body()).doesNotContain("HTTP/1.1", "StorePath");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 198.51.100.7",
        "X_Forwarded_For: 203.0.113.9",
        "Forwarded: for=203.0.113.9",
        "X-Real-IP: 203.0.113.9",
        "True-Client-IP: 203.0.113.9",
        "CloudFront-Viewer-Address: 203.0.113.9:443",
        "X-Amz-Source-Ip: 203.0.113.9",
        "Connection: x-forwarded-for, x-forwarded-proto\r\nX-Forwarded-For: 203.0.113.9",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Proto: https\r\nConnection: x-forwarded-proto"
      })
  void whereACallerComesFromIsNotItsOwnToSay(String lines) {
    RawAnswer answer =
        cache.front.send(cache.front.head("GET", "/api/v1/whoami") + lines + "\r\n", 0);
    assertThat(answer.body())
        .contains("\"sourceIp\" : \"127.0.0.1\"", "\"secureTransport\" : false")
        .doesNotContain("203.0.113.9");
  }

  /** Names that look like those that decide, which a reader that mixes - and _ would take. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Amz_Date: 20261123T000000Z",
        "Authorization_: Basic eDp5",
        "Proxy-Authorization: Basic eDp5",
        "X-Authorization: Basic eDp5",
        "X-Amzn-Remapped-Authorization: Basic eDp5",
        "X-Amzn-Oidc-Identity: root",
        "X-Narthex-Principal: arn:aws:iam::123456789012:root"
      })
  void otherNamesAreNoCredentials(String line) {
    String who = cache.front.head("GET", "/api/v1/whoami") + line + "\r\n";
    assertThat(cache.front.send(who, 0).body()).contains("\"principal\" : \"anonymous\"");
    for (Door door : List.of(cache.front, cache.s3)) {
      String head = door.head("GET", door.root() + "/" + waiting.narInfoKey()) + line + "\r\n";
      assertThat(door.send(head, 0)).matches(RawAnswer::isRefusal);
    }
  }

  @Test
  void aHeaderThatIsAddedToASignedRequestIsRefused() {
    String target = cache.s3.root() + "/" + open.narInfoKey();
    String head = new SignedHead(cache.s3, cache.credentials("upload")).of("GET", target);
    assertThat(cache.s3.send(head, 0).status()).isEqualTo(200);
    for (String line :
        List.of(
            "x-amz-security-token: x",
            "X-Amz-Date: 20261123T000000Z",
            "x-amz-content-sha256: " + "0".repeat(64),
            "x-amz-copy-source: /b/k",
            "x-amz-tagging: a=b",
            "Host: example.org")) {
      assertThat(cache.s3.send(head + line + "\r\n", 0)).as(line).matches(RawAnswer::isRefusal);
    }
  }
}

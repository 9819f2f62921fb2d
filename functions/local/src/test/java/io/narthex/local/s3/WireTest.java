package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static io.narthex.local.s3.Endpoint.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What stock Nix and other clients put on the wire. */
final class WireTest {
  private static final String EMPTY_MD5 = "1B2M2Y8AsgTpgAmY7PhCfg==";

  @TempDir private static Path directory;
  private static Endpoint s3;

  @BeforeAll
  static void start() {
    s3 = Endpoint.start(directory);
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/example-nix-cache/realisations/sha256:abc%21out.doi",
        "/example-nix-cache/realisations/sha256%3Aabc!out.doi",
        "/example-nix-cache/log/mid%2Bx",
        "/example-nix-cache/log/mid+x",
        "//example-nix-cache/nix-cache-info",
        "/example-nix-cache/with%20space/%C3%A9"
      })
  void takesThePathAsItWasSigned(String path) {
    HttpResponse<String> put =
        s3.send(new SignedRequest("PUT", s3.uri(path)).build(BodyPublishers.ofString("x")));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(
            s3.send(new SignedRequest("GET", s3.uri(path)).build(BodyPublishers.noBody())).body())
        .isEqualTo("x");
  }

  @Test
  void aPlusInAPathIsAPlus() {
    s3.send(
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/a+b")).build(BodyPublishers.ofString("x")));
    assertThat(get(s3.admin, CACHE, "a+b").asUtf8String()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/example-nix-cache/../example-state/x",
        "/example-nix-cache/%2e%2e/x",
        "/example-nix-cache/a/%2E%2E/%2e%2e/x",
        "/example-nix-cache/a//b",
        "/example-nix-cache/a/",
        "/example-nix-cache/.mpus-x",
        "/example-nix-cache/%00",
        "/example-nix-cache/.s3proxy-mpu-stub-x",
        "/example-nix-cache/a/.narthex-v-1",
        "/example-nix-cache/%ff",
        "/..%2f..%2fetc",
        "/example-nix-cache/x?uploadId=../../x&partNumber=1"
      })
  void refusesWhatIsNoKeyWithAStatusForClients(String path) throws IOException {
    String answer =
        raw(
            new SignedRequest("PUT", s3.uri(path)).head()
                + "content-length: 1\r\nconnection: close\r\n\r\nx");
    assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
  }

  @Test
  void aKeyAndItsContinuationAreRefusedNotBroken() {
    s3.put(CACHE, "both", "x");
    String under = "/" + CACHE + "/both/more";
    assertThat(
            s3.send(new SignedRequest("PUT", s3.uri(under)).build(BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            s3.send(new SignedRequest("GET", s3.uri(under)).build(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
    s3.put(CACHE, "folder/x", "x");
    String above = "/" + CACHE + "/folder";
    assertThat(
            s3.send(new SignedRequest("PUT", s3.uri(above)).build(BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            s3.send(new SignedRequest("GET", s3.uri(above)).build(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void answersTheVirtualHostOfABucket() throws IOException {
    s3.put(CACHE, "hosted", "virtually");
    String host = CACHE + ".localhost:" + s3.server.endpoint().getPort();
    String answer =
        raw(
            new SignedRequest("GET", s3.uri("/hosted")).host(host).head()
                + "connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("virtually");
  }

  @Test
  void saysContinueBeforeTheBodyIsSent() throws IOException {
    byte[] body = "x".repeat(2 << 20).getBytes(US_ASCII);
    SignedRequest put = new SignedRequest("PUT", s3.uri("/" + CACHE + "/nar/expected"));
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (put.head() + "expect: 100-continue\r\ncontent-length: " + body.length + "\r\n\r\n")
              .getBytes(US_ASCII));
      out.flush();
      byte[] interim = socket.getInputStream().readNBytes("HTTP/1.1 100 ".length());
      assertThat(new String(interim, US_ASCII)).isEqualTo("HTTP/1.1 100 ");
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .contains("HTTP/1.1 200 OK");
    }
    assertThat(get(s3.admin, CACHE, "nar/expected").asByteArray()).isEqualTo(body);
  }

  @Test
  void refusesABodyThatIsNotTheOneOfItsContentMd5() {
    SignedRequest put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/md5")).header("content-md5", EMPTY_MD5);
    HttpResponse<String> answer = s3.send(put.build(BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>BadDigest</Code>");
  }

  @Test
  void ignoresTheContentMd5OfAnUploadThatBegins() {
    String key = "/" + CACHE + "/nar/parts";
    SignedRequest begin =
        new SignedRequest("POST", s3.uri(key + "?uploads="))
            .header("content-md5", Base64.getEncoder().encodeToString(new byte[16]))
            .header("content-type", "application/x-nix-nar");
    HttpResponse<String> begun = s3.send(begin.build(BodyPublishers.noBody()));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    String id = begun.body().replaceFirst("(?s).*<UploadId>([A-Za-z0-9_.~-]+)</UploadId>.*", "$1");
    String query = "?partNumber=1&uploadId=" + id;
    HttpResponse<String> part =
        s3.send(
            new SignedRequest("PUT", s3.uri(key + query))
                .build(BodyPublishers.ofString("one part")));
    String complete =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + part.headers().firstValue("etag").orElseThrow()
            + "</ETag></Part></CompleteMultipartUpload>";
    for (int attempt = 0; attempt < 2; attempt++) {
      SignedRequest completion = new SignedRequest("POST", s3.uri(key + "?uploadId=" + id));
      HttpResponse<String> completed = s3.send(completion.build(BodyPublishers.ofString(complete)));
      assertThat(completed.statusCode())
          .as("attempt %s: %s", attempt, completed.body())
          .isEqualTo(200);
      assertThat(completed.body()).contains("-1");
    }
    assertThat(get(s3.admin, CACHE, "nar/parts").response().contentType())
        .isEqualTo("application/x-nix-nar");
    assertThat(s3.events.stream().filter(e -> e.key().equals("nar/parts"))).hasSize(1);
    assertThat(s3.events).noneMatch(e -> e.key().startsWith("."));
  }

  @Test
  void streamsALargeSignedBody() {
    byte[] body = new byte[200 << 20];
    SignedRequest put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/nar/large")).payloadHash(body);
    HttpResponse<String> answer = s3.send(put.build(BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(s3.admin.headObject(r -> r.bucket(CACHE).key("nar/large")).contentLength())
        .isEqualTo(body.length);
  }

  @Test
  void refusesASignedBodyThatWasChanged() {
    SignedRequest put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/changed")).payloadHash("x".getBytes(UTF_8));
    HttpResponse<String> answer = s3.send(put.build(BodyPublishers.ofString("y")));
    assertThat(answer.body()).contains("XAmzContentSHA256Mismatch");
    assertThat(
            s3.send(
                    new SignedRequest("GET", s3.uri("/" + CACHE + "/changed"))
                        .build(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusesASignatureThatIsTooOld() {
    SignedRequest old =
        new SignedRequest("GET", s3.uri("/" + CACHE + "/x"))
            .at(Instant.now().minus(Duration.ofMinutes(16)));
    assertThat(s3.send(old.build(BodyPublishers.noBody())).body()).contains("RequestTimeTooSkewed");
  }

  @Test
  void refusesAHeaderThatWasAddedOnTheWay() {
    HttpRequest.Builder put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/added"))
            .build(BodyPublishers.ofString("x"));
    HttpResponse<String> answer = s3.send(put.header("x-amz-tagging", "nix-verdict=verified"));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void aFormIsABodyLikeAnyOther() {
    SignedRequest put =
        new SignedRequest("PUT", s3.uri("/" + CACHE + "/form"))
            .header("content-type", "application/x-www-form-urlencoded");
    s3.send(put.build(BodyPublishers.ofString("acl=1&tagging=2")));
    assertThat(get(s3.admin, CACHE, "form").asUtf8String()).isEqualTo("acl=1&tagging=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?acl", "?cors", "?lifecycle", "?notification", "?encryption", "?website"})
  void whatItDoesNotHaveItRefuses(String query) {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      assertThat(
              s3.send(
                      new SignedRequest(method, s3.uri("/" + CACHE + query + "="))
                          .build(BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(501);
    }
    assertThat(s3.admin.listBuckets().buckets()).hasSize(2);
  }

  @Test
  void answersRangesAndKeepsContentEncoding() {
    s3.admin.putObject(
        r -> r.bucket(CACHE).key("range").contentEncoding("br").contentType("text/x-nix-narinfo"),
        RequestBody.fromString("0123456789"));
    var part = s3.admin.getObjectAsBytes(r -> r.bucket(CACHE).key("range").range("bytes=4-"));
    assertThat(part.asUtf8String()).isEqualTo("456789");
    assertThat(part.response().contentRange()).isEqualTo("bytes 4-9/10");
    assertThat(part.response().contentEncoding()).isEqualTo("br");
    assertThat(part.response().contentType()).isEqualTo("text/x-nix-narinfo");
  }

  @Test
  void aRefusedClientCanSendItsBodyAndThenReadTheAnswer() throws IOException {
    byte[] body = new byte[8 << 20];
    String head = "PUT /" + CACHE + "/refused HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "content-length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
      out.write(body);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 403").contains("AccessDenied");
    }
  }

  @Test
  void answersConditionalReads() {
    String eTag = s3.put(CACHE, "conditional", "x").eTag();
    assertThat(conditionalGet("If-None-Match", eTag).statusCode()).isEqualTo(304);
    assertThat(conditionalGet("If-None-Match", eTag).headers().firstValue("etag")).contains(eTag);
    assertThat(conditionalGet("If-None-Match", "\"other\"").body()).isEqualTo("x");
    assertThat(conditionalGet("If-Match", "\"other\"").statusCode()).isEqualTo(412);
  }

  private static HttpResponse<String> conditionalGet(String header, String eTag) {
    return s3.send(
        new SignedRequest("GET", s3.uri("/" + CACHE + "/conditional"))
            .build(BodyPublishers.noBody())
            .header(header, eTag));
  }

  private static Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), s3.server.endpoint().getPort());
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = connect();
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.aws.log.JsonLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events of the repository, answered. */
class ServeHandlerTest {
  private static final InstantSource NOW = InstantSource.fixed(Instant.EPOCH);

  private final List<String> lines = new ArrayList<>();
  private final ServeHandler handler = handler(SampleReads.parts());

  private ServeHandler handler(ServeParts parts) {
    return new ServeHandler(
        alarm -> parts, new RequestLog(new JsonLog(lines::add, Optional.of("Narthex/c"), NOW)));
  }

  static InputStream event(String name) {
    InputStream event =
        ServeHandlerTest.class.getResourceAsStream("/events/http/" + name + ".json");
    assertThat(event).as(name).isNotNull();
    return event;
  }

  private String reply(InputStream event) throws IOException {
    var reply = new ByteArrayOutputStream();
    handler.handleRequest(event, reply, new SampleContext());
    return reply.toString(UTF_8);
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "get-cache-info|200|Priority: 41",
        "get-narinfo|200|StorePath: sample",
        "head-narinfo|200|\"Content-Length\":\"18\"",
        "get-nar|307|https://s3.invalid/nar/",
        "head-nar|200|\"Accept-Ranges\":\"bytes\"",
        "get-log-with-plus|404|nothing here that is open to everyone",
        "put-cache-info|405|\"Allow\":\"GET, HEAD\"",
        "get-narinfo-with-credentials|200|StorePath: sample",
      })
  void answersTheSampleEvents(String name, int status, String part) throws IOException {
    assertThat(reply(event(name)))
        .startsWith("{\"statusCode\":" + status + ",")
        .contains(part)
        .doesNotContain("cmVhZGVyOm5vdC1hLXNlY3JldA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"rawPath\":\"/\"", "\u0000"})
  void answersOtherEventsWithBadRequest(String event) throws IOException {
    assertThat(reply(new ByteArrayInputStream(event.getBytes(UTF_8))))
        .startsWith("{\"statusCode\":400,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-narinfo", "head-nar", "put-cache-info"})
  void readsEventsAsTheLibraryOfAwsDoes(String name) throws MalformedEventException {
    HttpCall ours = HttpCallReader.read(event(name));
    var theirs = EventLoader.loadApiGatewayHttpEvent("events/http/" + name + ".json");
    assertThat(ours.method()).isEqualTo(theirs.getRequestContext().getHttp().getMethod());
    assertThat(ours.rawPath()).isEqualTo(theirs.getRawPath());
    assertThat(ours.headers()).isEqualTo(theirs.getHeaders());
    assertThat(ours.sourceIp()).isEqualTo(theirs.getRequestContext().getHttp().getSourceIp());
  }

  @Test
  void logsNothingOfWhatIsAnswered() throws IOException {
    reply(event("get-narinfo-with-credentials"));
    reply(event("get-log-with-plus"));
    assertThat(lines).isEmpty();
  }

  @Test
  void logsAndCountsWhatThePolicyDoesNotAllowWithoutHeadersAndQuery() throws IOException {
    String closed =
        """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/reader"},
           "Action":"s3:GetObject","Resource":"arn:aws:s3:::example-nix-cache/*"},
          {"Sid":"NotToday","Effect":"Deny","Principal":"*","Action":"s3:*",
           "Resource":"arn:aws:s3:::example-nix-cache/*"}]}
        """;
    String secret = "not-a-secret-either";
    String event =
        new String(event("get-narinfo-with-credentials").readAllBytes(), UTF_8)
            .replace("\"rawQueryString\": \"\"", "\"rawQueryString\": \"token=" + secret + "\"");
    assertThat(event).contains(secret);
    handler(SampleReads.parts(closed))
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)),
            new ByteArrayOutputStream(),
            new SampleContext());
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(
            "{\"event\":\"denied\",\"principal\":\"arn:aws:iam::111122223333:user/reader\","
                + "\"action\":\"s3:GetObject\","
                + "\"key\":\"syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo\","
                + "\"decision\":\"EXPLICIT_DENY\",\"statement\":\"NotToday\",\"status\":404,"
                + "\"requestId\":\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\",\"PolicyDenials\":1,")
        .doesNotContain(secret, "cmVhZGVyOm5vdC1hLXNlY3JldA", "Nix/2.34.8", "198.51.100.7");
  }

  @Test
  void countsAPolicyThatIsNotUnderstood() {
    new RequestLog(new JsonLog(lines::add, Optional.of("Narthex/c"), NOW))
        .policyNotUnderstood("Statement[0]: StringResembles");
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(
            "{\"event\":\"policyNotUnderstood\",\"reason\":\"Statement[0]: StringResembles\","
                + "\"PolicyNotUnderstood\":1,");
  }
}

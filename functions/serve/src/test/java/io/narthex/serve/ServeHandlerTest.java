package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events of the repository, answered. */
class ServeHandlerTest {
  private final ServeHandler handler = new ServeHandler(SampleReads.reads());

  private static InputStream event(String name) {
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
        "get-log-with-plus|404|no such object: log/syd87l2rxw8cbsxmxl853h0r6pdwhwjr-a+b.drv",
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
    assertThat(ours.requestTime().toEpochMilli())
        .isEqualTo(theirs.getRequestContext().getTimeEpoch());
  }
}

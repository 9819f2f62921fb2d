package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Step Functions, against answers written down from its API reference. */
class StateMachinesTest {
  private static final String MACHINE =
      "arn:aws:states:eu-west-2:111122223333:stateMachine:narthex-index-rebuild";
  private static final String EXECUTION =
      "arn:aws:states:eu-west-2:111122223333:execution:narthex-index-rebuild:one";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private StateMachines machines;
  private volatile int status = 200;
  private volatile String authorization = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    machines =
        new StateMachines(
            Region.EU_WEST_2,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")),
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(target + " " + request.replaceAll("\\s", ""));
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body = answers.getOrDefault(target, "{}").getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void answer(String operation, String json) {
    answers.put("AWSStepFunctions." + operation, json);
  }

  @Test
  void startsAnExecutionSignedAsTheCaller() {
    answer("StartExecution", "{\"executionArn\":\"%s\",\"startDate\":1.7E9}".formatted(EXECUTION));
    assertThat(machines.start(MACHINE, JsonDocument.object().put("repair", true)))
        .isEqualTo(EXECUTION);
    assertThat(asked)
        .containsExactly(
            "AWSStepFunctions.StartExecution {\"stateMachineArn\":\"%s\",\"input\":\"{\\\"repair\\\":true}\"}"
                .formatted(MACHINE));
    assertThat(authorization)
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-west-2/states/aws4_request");
  }

  @Test
  void findsTheExecutionThatRuns() {
    answer("ListExecutions", "{\"executions\":[]}");
    assertThat(machines.running(MACHINE)).isEmpty();
    answer(
        "ListExecutions",
        "{\"executions\":[{\"executionArn\":\"%s\",\"status\":\"RUNNING\"}]}".formatted(EXECUTION));
    assertThat(machines.running(MACHINE)).contains(EXECUTION);
    assertThat(asked.getLast()).contains("\"statusFilter\":\"RUNNING\"");
  }

  @Test
  void stopsAnExecution() {
    answer("StopExecution", "{\"stopDate\":1.7E9}");
    machines.stop(EXECUTION);
    assertThat(asked)
        .containsExactly(
            "AWSStepFunctions.StopExecution {\"executionArn\":\"%s\"}".formatted(EXECUTION));
  }

  @Test
  void saysHowAnExecutionIsGettingOn() throws MalformedJsonException {
    answer("DescribeExecution", "{\"status\":\"RUNNING\"}");
    assertThat(machines.describe(EXECUTION)).isEqualTo(new Execution.Running());
    answer("DescribeExecution", "{\"status\":\"SUCCEEDED\",\"output\":\"{\\\"paths\\\":7}\"}");
    assertThat(machines.describe(EXECUTION)).isInstanceOf(Execution.Succeeded.class);
    if (machines.describe(EXECUTION) instanceof Execution.Succeeded(var output)) {
      assertThat(output.number("paths")).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"status":"ABORTED"}                                     | ABORTED
          {"status":"FAILED","error":"E","cause":"it was so"}      | FAILED: E: it was so
          {"status":"TIMED_OUT","error":"States.Timeout"}          | TIMED_OUT: States.Timeout
          """)
  void saysWhyAnExecutionFailed(String answer, String reason) {
    answer("DescribeExecution", answer);
    assertThat(machines.describe(EXECUTION)).isEqualTo(new Execution.Failed(reason));
  }

  @Test
  void countsTheItemsOfItsMaps() {
    answer("ListMapRuns", "{\"mapRuns\":[{\"mapRunArn\":\"second\"},{\"mapRunArn\":\"first\"}]}");
    answer(
        "DescribeMapRun",
        "{\"status\":\"RUNNING\",\"itemCounts\":{\"pending\":2,\"running\":1,\"succeeded\":4,"
            + "\"failed\":0,\"timedOut\":0,\"aborted\":0,\"total\":7,\"resultsWritten\":0}}");
    assertThat(machines.maps(EXECUTION))
        .containsExactly(new MapItems(4, 0, 7), new MapItems(4, 0, 7));
    assertThat(asked.subList(1, 3))
        .containsExactly(
            "AWSStepFunctions.DescribeMapRun {\"mapRunArn\":\"second\"}",
            "AWSStepFunctions.DescribeMapRun {\"mapRunArn\":\"first\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"__type":"AccessDeniedException","message":"not yours"}  | DescribeExecution: not yours
          {"__type":"AccessDeniedException","Message":"not yours"}  | DescribeExecution: not yours
          {"__type":"ExecutionDoesNotExist"}                        | DescribeExecution: ExecutionDoesNotExist
          <html>                                                    | DescribeExecution: status 400
          {}                                                        | DescribeExecution: status 400
          """)
  void saysInTheWordsOfAwsWhyNot(String answer, String says) {
    status = 400;
    answer("DescribeExecution", answer);
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> machines.describe(EXECUTION))
        .withMessage(says);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "<html>", "{\"status\":\"SUCCEEDED\",\"output\":\"\"}"})
  void refusesAnAnswerThatIsNone(String answer) {
    answer("DescribeExecution", answer);
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> machines.describe(EXECUTION))
        .withMessageStartingWith("DescribeExecution: ");
  }

  @Test
  void saysThatNobodyAnswers() {
    server.stop(0);
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> machines.describe(EXECUTION))
        .withMessageStartingWith("DescribeExecution: ");
  }
}

package io.narthex.aws.states;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.aws.stack.StateMachines;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Against answers written down from the API reference of Step Functions. */
class StateMachineTest {
  private static final String ARN =
      "arn:aws:states:eu-west-2:111122223333:stateMachine:narthex-index-rebuild";

  private HttpServer server;
  private StateMachine machine;
  private volatile int status = 200;
  private volatile String answer = "{}";
  private volatile String listed = "{\"executions\":[]}";
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String authorization = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));
    machine =
        new StateMachine(
            new StateMachines(Region.EU_WEST_2, credentials, Optional.of(endpoint)), ARN);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      boolean isList = target.equals("AWSStepFunctions.ListExecutions");
      asked.add(target + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body = (isList ? listed : answer).getBytes(UTF_8);
      exchange.sendResponseHeaders(isList ? 200 : status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void startsAnExecutionByItsName() {
    answer = "{\"executionArn\":\"arn:aws:states:x\",\"startDate\":1.4E9}";
    assertThat(machine.startUnlessRunning("asked-2026-11-29T09")).isTrue();
    assertThat(asked)
        .satisfiesExactly(
            list ->
                assertThat(list)
                    .startsWith("AWSStepFunctions.ListExecutions")
                    .contains(ARN, "\"statusFilter\":\"RUNNING\""),
            start ->
                assertThat(start)
                    .startsWith("AWSStepFunctions.StartExecution")
                    .contains(ARN, "\"name\":\"asked-2026-11-29T09\"", "\"input\":\"{}\""));
    assertThat(authorization).contains("/eu-west-2/states/aws4_request");
  }

  @Test
  void startsNoneBesideOneThatIsUnderWay() {
    listed = "{\"executions\":[{\"executionArn\":\"one\",\"status\":\"RUNNING\"}]}";
    assertThat(machine.startUnlessRunning("asked-2026-11-29T10")).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void isContentWithAnExecutionOfThatNameThatIsOver() {
    status = 400;
    answer = "{\"__type\":\"ExecutionAlreadyExists\",\"message\":\"Execution Already Exists\"}";
    assertThat(machine.startUnlessRunning("asked-2026-11-29T09")).isTrue();
  }

  @Test
  void failsIfItIsRefused() {
    status = 400;
    answer = "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}";
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> machine.startUnlessRunning("asked-2026-11-29T09"))
        .withMessage(ARN + ": StartExecution: not authorized");
  }

  @Test
  void failsForWhatIsNoAnswer() {
    listed = "<html>";
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> machine.startUnlessRunning("asked-2026-11-29T09"));
  }
}

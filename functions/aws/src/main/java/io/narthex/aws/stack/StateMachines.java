package io.narthex.aws.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.aws.call.Answered;
import io.narthex.aws.call.SignedCalls;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * The calls of Step Functions that are needed, by its JSON protocol.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html">AWS
 *     Step Functions API Reference</a>
 */
public final class StateMachines {
  private static final String SERVICE = "states";
  private static final String ALREADY_THERE = "ExecutionAlreadyExists";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final SignedCalls calls;

  /** At AWS's own address in that region if no other is given. */
  public StateMachines(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
    this.calls =
        new SignedCalls(
            SERVICE,
            region,
            credentials,
            endpoint.orElseGet(() -> SignedCalls.address(SERVICE, region)),
            TIMEOUT);
  }

  /**
   * Starts one.
   *
   * @return the ARN of the execution
   * @throws StackException if that is refused
   */
  public String start(String machine, ObjectNode input) {
    ObjectNode request =
        JsonDocument.object().put("stateMachineArn", machine).put("input", input.toString());
    return call("StartExecution", request, json -> json.text("executionArn"));
  }

  /**
   * Starts one without input under a name, unless there was an execution of that name.
   *
   * @param name unique among those of 90 days
   * @throws StackException if that is refused
   */
  public void startOnce(String machine, String name) {
    ObjectNode request =
        JsonDocument.object().put("stateMachineArn", machine).put("name", name).put("input", "{}");
    Answered answer = answer("StartExecution", request);
    if (!answer.isSuccess() && !answer.text().contains(ALREADY_THERE)) {
      throw new StackException("StartExecution: " + error(answer));
    }
  }

  /** The ARN of an execution that is not over yet, if there is one. */
  public Optional<String> running(String machine) {
    ObjectNode request =
        JsonDocument.object().put("stateMachineArn", machine).put("statusFilter", "RUNNING");
    List<String> arns =
        call(
            "ListExecutions",
            request,
            json -> json.objects("executions", one -> one.text("executionArn")));
    return arns.stream().findFirst();
  }

  /** Stops an execution. */
  public void stop(String execution) {
    var _ =
        call(
            "StopExecution",
            JsonDocument.object().put("executionArn", execution),
            json -> json.has("stopDate"));
  }

  /** How an execution is getting on. */
  public Execution describe(String execution) {
    return call(
        "DescribeExecution", JsonDocument.object().put("executionArn", execution), Execution::read);
  }

  /** How far the distributed maps of an execution are, the one that began last first. */
  public List<MapItems> maps(String execution) {
    List<String> runs =
        call(
            "ListMapRuns",
            JsonDocument.object().put("executionArn", execution),
            json -> json.objects("mapRuns", one -> one.text("mapRunArn")));
    return runs.stream()
        .map(
            run ->
                call(
                    "DescribeMapRun",
                    JsonDocument.object().put("mapRunArn", run),
                    json -> json.object("itemCounts", MapItems::read)))
        .toList();
  }

  /** Reads an answer. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonDocument json) throws MalformedJsonException;
  }

  private <T> T call(String operation, ObjectNode request, Reader<T> reader) {
    Answered answer = answer(operation, request);
    if (!answer.isSuccess()) {
      throw new StackException(operation + ": " + error(answer));
    }
    try {
      return reader.read(JsonDocument.parse(answer.body()));
    } catch (MalformedJsonException e) {
      throw new StackException(operation, e);
    }
  }

  private Answered answer(String operation, ObjectNode request) {
    try {
      return calls.postJson("AWSStepFunctions." + operation, request);
    } catch (IOException | SdkException e) {
      throw new StackException(operation, e);
    }
  }

  /** In AWS's words; one without any is named by its type. */
  private static String error(Answered answer) {
    try {
      JsonDocument json = JsonDocument.parse(answer.body());
      return Stream.of("message", "Message", "__type")
          .flatMap(field -> json.scalars(field).stream())
          .findFirst()
          .orElseGet(() -> "status " + answer.status());
    } catch (MalformedJsonException e) {
      return "status " + answer.status();
    }
  }
}

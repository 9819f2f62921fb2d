package io.narthex.aws.states;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.aws.call.Answered;
import io.narthex.aws.call.SignedCalls;
import io.narthex.aws.json.EventReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * A state machine of Step Functions, which a function starts.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class StateMachine {
  private static final String SERVICE = "states";
  private static final String ALREADY_THERE = "ExecutionAlreadyExists";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonFactory JSON = new JsonFactory();

  private final SignedCalls calls;
  private final String arn;

  StateMachine(SignedCalls calls, String arn) {
    this.calls = requireNonNull(calls, "calls is null");
    this.arn = requireNonNull(arn, "arn is null");
  }

  /**
   * One of this region, with the credentials of the environment.
   *
   * @param endpoint of Step Functions; empty for AWS's own
   */
  public static StateMachine of(String region, Optional<URI> endpoint, String arn) {
    Region at = Region.of(region);
    return new StateMachine(
        new SignedCalls(
            SERVICE,
            at,
            DefaultCredentialsProvider.builder().build(),
            endpoint.orElseGet(() -> SignedCalls.address(SERVICE, at)),
            TIMEOUT),
        arn);
  }

  /**
   * Starts an execution without input, unless one is under way. One name starts one: who comes
   * second is content with the first, running or over.
   *
   * @param name unique among those of 90 days
   * @return whether none was under way
   * @throws StoreException if it was refused, or could not be asked
   */
  public boolean startUnlessRunning(String name) {
    if (isAny(call("ListExecutions", Map.of("statusFilter", "RUNNING")).text())) {
      return false;
    }
    var _ = call("StartExecution", Map.of("name", name, "input", "{}"));
    return true;
  }

  private Answered call(String operation, Map<String, String> fields) {
    try {
      Answered answer =
          calls.post(
              body(fields),
              Map.of(
                  "Content-Type",
                  "application/x-amz-json-1.0",
                  "X-Amz-Target",
                  "AWSStepFunctions." + operation));
      if (!answer.isSuccess() && !answer.text().contains(ALREADY_THERE)) {
        throw new StoreException("%s: %d %s".formatted(operation, answer.status(), answer.text()));
      }
      return answer;
    } catch (IOException | SdkException e) {
      throw new StoreException(operation, e);
    }
  }

  private byte[] body(Map<String, String> fields) {
    var all = new LinkedHashMap<String, String>();
    all.put("stateMachineArn", arn);
    all.putAll(fields);
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (var field : all.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(UTF_8);
  }

  private static boolean isAny(String answer) {
    var found = new boolean[1];
    try {
      EventReader.read(
          answer,
          (name, value) -> {
            if (name.equals("executions")) {
              value.array(() -> found[0] = true);
            }
          });
    } catch (MalformedEventException e) {
      throw new StoreException("ListExecutions: " + e.getMessage(), e);
    }
    return found[0];
  }
}

package io.narthex.aws.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an execution of a state machine is getting on.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">DescribeExecution</a>
 */
public sealed interface Execution {
  /** It is not over. */
  record Running() implements Execution {}

  /**
   * It has succeeded.
   *
   * @param output what its last state gives, a JSON object
   */
  record Succeeded(JsonDocument output) implements Execution {}

  /**
   * It is over and has not succeeded.
   *
   * @param reason in AWS's words
   */
  record Failed(String reason) implements Execution {}

  /** Reads an answer of DescribeExecution. */
  static Execution read(JsonDocument json) throws MalformedJsonException {
    String status = json.text("status");
    return switch (status) {
      case "RUNNING" -> new Running();
      case "SUCCEEDED" -> new Succeeded(JsonDocument.parse(json.text("output").getBytes(UTF_8)));
      default -> new Failed(reason(json, status));
    };
  }

  private static String reason(JsonDocument json, String status) throws MalformedJsonException {
    Optional<String> error = json.optionalText("error", Function.<String>identity()::apply);
    Optional<String> cause = json.optionalText("cause", Function.<String>identity()::apply);
    return Stream.of(Optional.of(status), error, cause)
        .flatMap(Optional::stream)
        .collect(Collectors.joining(": "));
  }
}

package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What CloudFormation, SQS and Step Functions answer about one stack, by their API references. */
final class StackApi implements AutoCloseable {
  private static final String UPLOADS = "https://sqs.eu-west-2.amazonaws.com/111122223333/uploads";
  private static final String INDEX = "https://sqs.eu-west-2.amazonaws.com/111122223333/index";
  private static final String DEAD = "https://sqs.eu-west-2.amazonaws.com/111122223333/dead";
  private static final String MACHINE =
      "arn:aws:states:eu-west-2:111122223333:stateMachine:narthex-";
  static final String DEAD_ARN = "arn:aws:sqs:eu-west-2:111122223333:dead";

  private final Map<String, Integer> depths = new ConcurrentHashMap<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> redriven = new CopyOnWriteArrayList<>();
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final Deque<String> executions = new ConcurrentLinkedDeque<>();
  private final Map<String, String> outputs;
  private final HttpServer server;

  private StackApi(HttpServer server, String cacheBucket, String stateBucket) {
    this.server = server;
    this.outputs =
        Map.of(
            "CacheBucketName", cacheBucket,
            "StateBucketName", stateBucket,
            "UploadQueueUrl", UPLOADS,
            "DeadLetterQueueUrl", DEAD,
            "DeadLetterQueueArn", DEAD_ARN,
            "CacheUrl", "https://cache.example.org",
            "IndexRebuild", MACHINE + "index-rebuild",
            "IndexCheck", MACHINE + "index-check");
    server.createContext("/", this::answer);
    server.start();
  }

  /** Of the stack {@code narthex}. */
  static StackApi start(String cacheBucket, String stateBucket) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new StackApi(HttpServer.create(address, 0), cacheBucket, stateBucket);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Of what is in flight, one is for the index. */
  void holds(int inFlight, int deadLetters) {
    depths.put(UPLOADS, Math.max(0, inFlight - 1));
    depths.put(INDEX, Math.min(1, inFlight));
    depths.put(DEAD, deadLetters);
  }

  /** The bodies of all messages that were sent. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** The queues whose messages were sent back. */
  List<String> redriven() {
    return List.copyOf(redriven);
  }

  /** The state machines that were started, each with its input. */
  List<String> started() {
    return List.copyOf(started);
  }

  /** What DescribeExecution answers from now on, one after the other. */
  void executes(String... answers) {
    executions.addAll(List.of(answers));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      byte[] request = exchange.getRequestBody().readAllBytes();
      String answer =
          target == null ? describe(new String(request, UTF_8)) : called(target, request);
      exchange
          .getResponseHeaders()
          .add("Content-Type", target == null ? "text/xml" : "application/x-amz-json-1.0");
      byte[] body = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.contains("<Error>") ? 400 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String describe(String query) {
    return query.endsWith("StackName=narthex")
        ? outputs.entrySet().stream()
            .map(
                output ->
                    "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                        .formatted(output.getKey(), output.getValue()))
            .collect(Collectors.joining("", "<R><Stacks><member><Outputs>", END))
        : "<R><Error><Message>Stack with that id does not exist</Message></Error></R>";
  }

  private static final String END = "</Outputs></member></Stacks></R>";

  private String called(String target, byte[] request) throws IOException {
    try {
      JsonDocument json = JsonDocument.parse(request);
      return switch (target) {
        case "AmazonSQS.GetQueueAttributes" -> attributes(json.text("QueueUrl"));
        case "AmazonSQS.SendMessageBatch" -> {
          messages.addAll(json.objects("Entries", entry -> entry.text("MessageBody")));
          yield "{\"Successful\":[],\"Failed\":[]}";
        }
        case "AmazonSQS.StartMessageMoveTask" -> {
          redriven.add(json.text("SourceArn"));
          yield "{\"TaskHandle\":\"task\"}";
        }
        case "AWSStepFunctions.ListExecutions" -> "{\"executions\":[]}";
        case "AWSStepFunctions.StartExecution" -> {
          started.add(json.text("stateMachineArn").replace(MACHINE, "") + " " + json.text("input"));
          yield "{\"executionArn\":\"one\"}";
        }
        case "AWSStepFunctions.DescribeExecution" -> executions.remove();
        case "AWSStepFunctions.ListMapRuns" -> "{\"mapRuns\":[{\"mapRunArn\":\"map\"}]}";
        case "AWSStepFunctions.DescribeMapRun" ->
            "{\"itemCounts\":{\"succeeded\":1,\"failed\":0,\"total\":4}}";
        default -> throw new IOException(target);
      };
    } catch (MalformedJsonException e) {
      throw new IOException(e);
    }
  }

  private String attributes(String queue) {
    int depth = requireNonNullElse(depths.get(queue), 0);
    return """
        {"Attributes": {"ApproximateNumberOfMessages": "%d",
          "ApproximateNumberOfMessagesNotVisible": "%d", "ApproximateNumberOfMessagesDelayed": "0"}}
        """
        .formatted(depth / 2, depth - depth / 2);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

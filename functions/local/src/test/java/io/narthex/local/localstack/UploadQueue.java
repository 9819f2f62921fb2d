package io.narthex.local.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.local.lambda.FunctionIdentity;
import io.narthex.local.lambda.InvocationContext;
import io.narthex.local.lambda.StandardOutput;
import io.narthex.policy.AccountId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of LocalStack's, and in place of Lambda what takes its messages to a function. */
final class UploadQueue implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final SqsClient sqs;
  private final String url;
  private final List<String> bodies = new ArrayList<>();

  UploadQueue(LocalStack localStack) {
    sqs = localStack.sqs();
    url = sqs.createQueue(create -> create.queueName("uploads-" + UUID.randomUUID())).queueUrl();
  }

  SqsClient client() {
    return sqs;
  }

  String url() {
    return url;
  }

  String arn() {
    return attribute(QueueAttributeName.QUEUE_ARN);
  }

  /** Messages that were received and not deleted. */
  int inFlight() {
    return Integer.parseInt(
        attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private String attribute(QueueAttributeName name) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(name)).attributes();
    return requireNonNull(attributes.get(name), name.toString());
  }

  void send(String body) {
    var _ = sqs.sendMessage(send -> send.queueUrl(url).messageBody(body));
  }

  /** Bodies of all messages that were handed over. */
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** Hands message after message to the function until the state is reached. */
  void pump(RequestStreamHandler function, BooleanSupplier reached) throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not reached after " + bodies);
      }
      List<Message> batch = receive();
      if (!batch.isEmpty()) {
        handle(function, batch);
      }
    }
  }

  private List<Message> receive() {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void handle(RequestStreamHandler function, List<Message> batch) throws IOException {
    batch.forEach(message -> bodies.add(message.body()));
    Set<String> failed = failed(function, batch);
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        var _ =
            sqs.deleteMessage(
                delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private static Set<String> failed(RequestStreamHandler function, List<Message> batch)
      throws IOException {
    var answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event(batch).toString().getBytes(UTF_8)), answer, context());
    var failed = new TreeSet<String>();
    for (JsonNode item : JSON.readTree(answer.toByteArray()).path("batchItemFailures")) {
      failed.add(item.path("itemIdentifier").asText());
    }
    return failed;
  }

  private static ObjectNode event(List<Message> batch) {
    ObjectNode event = JSON.createObjectNode();
    var records = event.putArray("Records");
    for (Message message : batch) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      record.put("eventSource", "aws:sqs");
      ObjectNode attributes = record.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
    }
    return event;
  }

  private static InvocationContext context() {
    var identity =
        new FunctionIdentity(
            "narthex-validate",
            "us-east-1",
            new AccountId("000000000000"),
            Duration.ofMinutes(15),
            1769);
    return new InvocationContext(
        identity, UUID.randomUUID().toString(), new StandardOutput(), Clock.systemUTC());
  }

  @Override
  public void close() {
    sqs.close();
  }
}

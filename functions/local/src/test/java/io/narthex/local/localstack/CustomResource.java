package io.narthex.local.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.aws.s3.S3Access;
import io.narthex.local.lambda.FunctionIdentity;
import io.narthex.local.lambda.InvocationContext;
import io.narthex.local.lambda.StandardOutput;
import io.narthex.local.stores.ScratchBucket;
import io.narthex.policy.AccountId;
import io.narthex.provision.ProvisionConfig;
import io.narthex.provision.ProvisionHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Asks the provisioning function as CloudFormation does: the answer goes to a presigned URL. */
final class CustomResource implements AutoCloseable {
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalStack localStack;
  private final ScratchBucket state;
  private final ScratchBucket answers;
  private final ProvisionHandler handler;

  /** About this bucket; the settings go to one of its own. */
  CustomResource(LocalStack localStack, ScratchBucket cache) {
    this.localStack = localStack;
    S3Access access = localStack.access();
    state = ScratchBucket.plain(access);
    answers = ScratchBucket.plain(access);
    handler = new ProvisionHandler(new ProvisionConfig(access, cache.name(), state.name()));
  }

  /** The answer to a first request. */
  JsonNode request(String type) throws IOException {
    return answer(sample().put("RequestType", type));
  }

  /** The answer to a later request. */
  JsonNode request(String type, String physicalId) throws IOException {
    return answer(sample().put("RequestType", type).put("PhysicalResourceId", physicalId));
  }

  private static ObjectNode sample() throws IOException {
    try (InputStream in =
        CustomResource.class.getResourceAsStream("/events/provision/attach.json")) {
      return (ObjectNode) JSON.readTree(requireNonNull(in, "attach.json"));
    }
  }

  private JsonNode answer(ObjectNode request) throws IOException {
    String key = "answer-" + UUID.randomUUID();
    request.put("ResponseURL", presigned(key).toString());
    handler.handleRequest(
        new ByteArrayInputStream(request.toString().getBytes(UTF_8)),
        new ByteArrayOutputStream(),
        context());
    return JSON.readTree(
        answers.s3().getObjectAsBytes(get -> get.bucket(answers.name()).key(key)).asByteArray());
  }

  private URI presigned(String key) {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(localStack.access().endpoint().orElseThrow())
            .region(localStack.region())
            .credentialsProvider(localStack.credentials())
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return URI.create(
          presigner
              .presignPutObject(
                  sign ->
                      sign.signatureDuration(VALID)
                          .putObjectRequest(put -> put.bucket(answers.name()).key(key)))
              .url()
              .toString());
    }
  }

  private static InvocationContext context() {
    var identity =
        new FunctionIdentity(
            "narthex-provision",
            "us-east-1",
            new AccountId("000000000000"),
            Duration.ofMinutes(2),
            1024);
    return new InvocationContext(
        identity, UUID.randomUUID().toString(), new StandardOutput(), Clock.systemUTC());
  }

  @Override
  public void close() {
    answers.close();
    state.close();
  }
}

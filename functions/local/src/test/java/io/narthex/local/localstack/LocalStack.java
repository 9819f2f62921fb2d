package io.narthex.local.localstack;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.StaticCredentials;
import java.util.Optional;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * LocalStack's S3 and SQS in a container; where none can be started, the test fails. It enforces no
 * policy: no test here says anything about who may do what.
 */
final class LocalStack implements AutoCloseable {
  /** Made by acceptance/aws/images.sh where none can be pulled. */
  private static final String IMAGE =
      Optional.ofNullable(System.getenv("NARTHEX_LOCALSTACK_IMAGE"))
          .orElse("localstack/localstack:4.14.0");

  private final LocalStackContainer container =
      new LocalStackContainer(
              DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack"))
          .withServices("s3", "sqs", "events");

  private LocalStack() {
    container.start();
  }

  static LocalStack start() {
    return new LocalStack();
  }

  S3Access access() {
    return new S3Access(
        container.getRegion(),
        Optional.of(container.getEndpoint()),
        Optional.of(new StaticCredentials(container.getAccessKey(), container.getSecretKey())));
  }

  Region region() {
    return Region.of(container.getRegion());
  }

  AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey()));
  }

  /** A client for its queues; the caller closes it. */
  SqsClient sqs() {
    return SqsClient.builder()
        .endpointOverride(container.getEndpoint())
        .region(region())
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    container.stop();
  }
}

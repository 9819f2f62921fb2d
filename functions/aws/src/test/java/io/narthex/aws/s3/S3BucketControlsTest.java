package io.narthex.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.narthex.cache.provision.BucketSetup;
import io.narthex.cache.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Against answers written down from S3's API reference: no store that runs here has these calls.
 */
class S3BucketControlsTest {
  private static final String QUEUE_OF_OTHERS =
      "<QueueConfiguration><Id>theirs</Id><Queue>arn:aws:sqs:eu-west-2:111122223333:theirs</Queue>"
          + "<Event>s3:ObjectCreated:*</Event></QueueConfiguration>";
  private static final String TOPIC_OF_OTHERS =
      "<TopicConfiguration><Id>news</Id><Topic>arn:aws:sns:eu-west-2:111122223333:news</Topic>"
          + "<Event>s3:ObjectRemoved:*</Event></TopicConfiguration>";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final S3Client s3;
  private final S3BucketControls bucket;
  private volatile String written = "";
  private volatile boolean triesDestinations = true;

  S3BucketControlsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    s3 =
        S3Clients.client(
            new S3Access(
                "eu-west-2",
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.of(new StaticCredentials("AKIDEXAMPLE", "secret"))));
    bucket = new S3BucketControls(s3, "old-cache");
    answers.put("location", "<LocationConstraint>eu-west-2</LocationConstraint>");
    answers.put(
        "versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    answers.put(
        "ownershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>");
    answers.put("encryption", encryption("AES256"));
    answers.put("notification", "<NotificationConfiguration/>");
  }

  private static String encryption(String algorithm) {
    return "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>"
        + algorithm
        + "</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String question = exchange.getRequestURI().getQuery().replaceAll("=.*", "");
    String answer = answers.getOrDefault(question, "<Error><Code>NoSuchBucket</Code></Error>");
    if (exchange.getRequestMethod().equals("PUT")) {
      written = new String(body, UTF_8);
      triesDestinations =
          !"true"
              .equals(exchange.getRequestHeaders().getFirst("x-amz-skip-destination-validation"));
      answer = "";
    }
    byte[] text = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(
        answer.startsWith("<Error>") ? 404 : 200, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  @Test
  void readsHowABucketIsSetUp() {
    assertThat(bucket.setup())
        .isEqualTo(new BucketSetup("eu-west-2", true, "BucketOwnerEnforced", "AES256"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "<LocationConstraint/>, us-east-1",
    "<LocationConstraint>EU</LocationConstraint>, eu-west-1",
    "<LocationConstraint>ap-south-2</LocationConstraint>, ap-south-2",
  })
  void knowsTheRegionByWhateverNameItHas(String answer, String region) {
    answers.put("location", answer);
    assertThat(bucket.setup().region()).isEqualTo(region);
  }

  @ParameterizedTest
  @CsvSource({
    "<VersioningConfiguration/>",
    "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"
  })
  void knowsThatVersioningIsOff(String answer) {
    answers.put("versioning", answer);
    assertThat(bucket.setup().isVersioned()).isFalse();
  }

  @Test
  void takesWhatIsNotSetForWhatS3DoesThen() {
    answers.put("ownershipControls", "<Error><Code>OwnershipControlsNotFoundError</Code></Error>");
    answers.put(
        "encryption", "<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>");
    assertThat(bucket.setup().ownership()).isEqualTo("ObjectWriter");
    assertThat(bucket.setup().encryption()).isEqualTo("AES256");
  }

  @Test
  void namesTheKindOfEncryption() {
    answers.put("encryption", encryption("aws:kms"));
    assertThat(bucket.setup().encryption()).isEqualTo("aws:kms");
  }

  @Test
  void turnsEventBridgeOnBesideTheNotificationsOfOthers() {
    answers.put(
        "notification",
        "<NotificationConfiguration>"
            + QUEUE_OF_OTHERS
            + TOPIC_OF_OTHERS
            + "</NotificationConfiguration>");
    assertThat(bucket.isEventBridgeOn()).isFalse();
    bucket.eventBridge(true);
    assertThat(written)
        .contains("<Id>theirs</Id>", "sqs:eu-west-2:111122223333:theirs", "<Id>news</Id>")
        .contains("EventBridgeConfiguration");
    assertThat(triesDestinations).isFalse();
  }

  @Test
  void turnsEventBridgeOffAndNothingElse() {
    answers.put(
        "notification",
        "<NotificationConfiguration>"
            + QUEUE_OF_OTHERS
            + "<EventBridgeConfiguration/></NotificationConfiguration>");
    assertThat(bucket.isEventBridgeOn()).isTrue();
    bucket.eventBridge(false);
    assertThat(written).contains("<Id>theirs</Id>").doesNotContain("EventBridge");
  }

  @Test
  void saysThatABucketIsNotThere() {
    answers.clear();
    assertThat(bucket.isEventBridgeOn()).isFalse();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(bucket::setup)
        .withMessageStartingWith("GetBucketLocation old-cache: ");
  }
}

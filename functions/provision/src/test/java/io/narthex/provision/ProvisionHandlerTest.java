package io.narthex.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.provision.Attachment;
import io.narthex.cache.provision.BucketSetup;
import io.narthex.cache.provision.Provisioning;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events of the repository, handled with buckets in memory, answered over HTTP. */
class ProvisionHandlerTest {
  private static final ObjectKey SETTINGS = new ObjectKey("settings.json");
  private static final ObjectKey CACHE_INFO = new ObjectKey("nix-cache-info");
  private static final String OWN_ID = "narthex:example-nix-cache";
  private static final String TURNED_ON_ID = OWN_ID + ":event-bridge";

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final FakeBucket bucket = new FakeBucket();
  private final List<String> log = new ArrayList<>();
  private final ResponseEndpoint endpoint = new ResponseEndpoint();
  private final ProvisionHandler handler =
      new ProvisionHandler(
          new StackCache(
              "example-nix-cache",
              new Provisioning(cache, state),
              new Attachment(bucket, "eu-west-2")),
          new HttpReplies(),
          log::add);

  ProvisionHandlerTest() throws IOException {}

  @AfterEach
  void stop() {
    endpoint.close();
  }

  /** A sample event, to be answered here. */
  private ObjectNode event(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/events/provision/" + name + ".json")) {
      assertThat(in).as(name).isNotNull();
      ObjectNode event = (ObjectNode) new JsonMapper().readTree(in);
      return event.put("ResponseURL", endpoint.url().toString());
    }
  }

  private static ObjectNode properties(ObjectNode event) {
    return (ObjectNode) event.get("ResourceProperties");
  }

  private void handle(ObjectNode event) throws IOException {
    handle(event.toString());
  }

  private void handle(String event) throws IOException {
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        new ByteArrayOutputStream(),
        new SampleContext());
  }

  private Settings settings() throws MalformedJsonException {
    try (ObjectContent content = state.open(SETTINGS).orElseThrow()) {
      return SettingsJson.read(content.readAll());
    }
  }

  private void assertSuccess(String physicalId) {
    assertThat(endpoint.answer().toString())
        .isEqualTo(
            "{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"%s\",\"StackId\":\"%s\",\"RequestId\":\"%s\",\"LogicalResourceId\":\"Provision\"}"
                .formatted(
                    physicalId,
                    "arn:aws:cloudformation:eu-west-2:111122223333:stack/narthex/5f2c1e30-c8d1-11f0-9a5c-0a1b2c3d4e5f",
                    "8f1e0f6c-2f0e-4a42-9b8e-6a4c3c1f0d21"));
  }

  private String failure() {
    assertThat(endpoint.answer().get("Status").asText()).isEqualTo("FAILED");
    return endpoint.answer().get("Reason").asText();
  }

  @Test
  void writesSettingsAndCacheInfoWhenTheStackIsMade() throws IOException, MalformedJsonException {
    handle(event("create"));
    assertSuccess(OWN_ID);
    Settings settings = settings();
    assertThat(settings.trustedPublicKeys()).hasSize(2);
    assertThat(settings.closure()).isEqualTo(ClosureMode.STRICT);
    assertThat(settings.undeclared()).isEqualTo(UndeclaredMode.WARN);
    assertThat(settings.upstreams()).hasSize(1);
    assertThat(settings.maxNarSize()).isEqualTo(Settings.DEFAULT_MAX_NAR_SIZE);
    assertThat(settings.grace()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.readWait()).isEqualTo(Duration.ofSeconds(5));
    assertThat(cache.tags(CACHE_INFO).orElseThrow().tags()).matches(VerdictTag::isVerified);
    assertThat(bucket.isEventBridgeOn()).isFalse();
  }

  @Test
  void changesSettingsWithTheParameters() throws IOException, MalformedJsonException {
    handle(event("create"));
    var update = event("update");
    properties(update).put("Closure", "warn");
    handle(update);
    assertThat(endpoint.answers()).isEqualTo(2);
    assertThat(settings().closure()).isEqualTo(ClosureMode.WARN);
  }

  @Test
  void keepsItsNameSoThatAnUpdateIsNoReplacement() throws IOException {
    handle(event("update"));
    assertSuccess(OWN_ID);
  }

  @Test
  void leavesAllDataWhenTheStackGoes() throws IOException {
    handle(event("create"));
    cache.forgetRequests();
    state.forgetRequests();
    handle(event("delete"));
    assertThat(endpoint.answers()).isEqualTo(2);
    assertThat(cache.requests()).isEmpty();
    assertThat(state.requests()).isEmpty();
  }

  @Test
  void turnsEventBridgeOnForAnExistingBucketAndOffAgain() throws IOException {
    handle(event("attach"));
    assertSuccess(TURNED_ON_ID);
    assertThat(bucket.isEventBridgeOn()).isTrue();
    handle(event("delete").put("PhysicalResourceId", TURNED_ON_ID));
    assertThat(bucket.isEventBridgeOn()).isFalse();
  }

  @Test
  void leavesOnWhatWasOnBefore() throws IOException {
    bucket.eventBridge(true);
    handle(event("attach"));
    assertSuccess(OWN_ID);
    handle(event("delete"));
    assertThat(bucket.isEventBridgeOn()).isTrue();
  }

  @Test
  void remembersAcrossUpdatesThatItTurnedEventBridgeOn() throws IOException {
    bucket.eventBridge(true);
    handle(event("attach").put("RequestType", "Update").put("PhysicalResourceId", TURNED_ON_ID));
    assertSuccess(TURNED_ON_ID);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another region, us-east-1, true, BucketOwnerEnforced, AES256, it is in us-east-1",
    "no versions, eu-west-2, false, BucketOwnerEnforced, AES256, versioning is off",
    "ACLs, eu-west-2, true, ObjectWriter, AES256, object ownership is ObjectWriter",
    "KMS, eu-west-2, true, BucketOwnerEnforced, aws:kms, default encryption is aws:kms",
  })
  void explainsWhyAnExistingBucketCannotBeUsed(
      String name,
      String region,
      boolean versioned,
      String ownership,
      String encryption,
      String why)
      throws IOException {
    bucket.isSetUp(new BucketSetup(region, versioned, ownership, encryption));
    handle(event("attach"));
    assertThat(failure()).startsWith("example-nix-cache cannot be used: " + why);
    assertThat(bucket.isEventBridgeOn()).isFalse();
    assertThat(state.requests()).isEmpty();
  }

  @Test
  void takesItsPartOutAgainIfTheRestFails() throws IOException {
    state.failing(request -> Fault.NOT_DONE);
    handle(event("attach"));
    assertThat(failure()).contains("settings.json");
    assertThat(bucket.isEventBridgeOn()).isFalse();
    assertThat(endpoint.answer().get("PhysicalResourceId").asText()).isEqualTo(PhysicalId.NONE);
  }

  @Test
  void hasNothingToDeleteOfWhatWasNotMade() throws IOException {
    bucket.eventBridge(true);
    handle(event("delete").put("PhysicalResourceId", PhysicalId.NONE));
    assertSuccess(PhysicalId.NONE);
    assertThat(bucket.isEventBridgeOn()).isTrue();
  }

  @Test
  void staysWithTheBucketThatItIsAttachedTo() throws IOException {
    var update = event("attach").put("RequestType", "Update");
    handle(update.put("PhysicalResourceId", "narthex:another-bucket:event-bridge"));
    assertThat(failure())
        .isEqualTo(
            "ExistingBucketName cannot be changed: deploy another stack for example-nix-cache");
    assertThat(endpoint.answer().get("PhysicalResourceId").asText())
        .isEqualTo("narthex:another-bucket:event-bridge");
  }

  @Test
  void saysSoIfTheBucketCannotBeAsked() throws IOException {
    bucket.denies();
    handle(event("attach"));
    assertThat(failure()).isEqualTo("GetBucketLocation old-cache");
  }

  @Test
  void namesThePropertiesThatAreWrongAndWritesNothing() throws IOException {
    var create = event("create");
    properties(create).put("StoreDir", "nix").remove(List.of("Priority"));
    handle(create);
    assertThat(failure()).startsWith("StoreDir: ").endsWith("; Priority is not set");
    assertThat(state.requests()).isEmpty();
    assertThat(log.getFirst()).contains("\"status\":\"FAILED\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"RequestType\":\"Ponder\"", "\"ResourceProperties\":7"})
  void answersAlsoWhatItDoesNotUnderstand(String wrong) throws IOException {
    String name = wrong.substring(1, wrong.indexOf('"', 1));
    var event = event("create");
    event.remove(name);
    handle(event.toString().replaceFirst("\\{", "{" + wrong + ","));
    assertThat(failure()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"RequestType\":\"Create\",\"ResponseURL\":\"gopher://x/\"}"})
  void failsWhereNobodyCanBeAnswered(String event) {
    assertThatIOException()
        .isThrownBy(() -> handle(event))
        .withMessageStartingWith("nobody to answer: ");
  }

  @Test
  void answersAgainIfTheAnswerDidNotArrive() throws IOException {
    endpoint.failsWith(503, 500);
    handle(event("create"));
    assertSuccess(OWN_ID);
  }

  @Test
  void failsIfTheAnswerNeverArrivesSoThatLambdaTriesAgain() throws IOException {
    endpoint.failsWith(503, 503, 503);
    ObjectNode create = event("create");
    assertThatIOException()
        .isThrownBy(() -> handle(create))
        .withMessage("CloudFormation was not answered about ReturnAddress[Provision]");
  }

  @Test
  void logsOneLineAndNeverTheReturnAddress() throws IOException {
    handle(event("create"));
    assertThat(log).hasSize(1);
    assertThat(log.getFirst())
        .startsWith("{\"resource\":\"narthex:example-nix-cache\",\"status\":\"SUCCESS\"")
        .doesNotContain("Signature");
  }
}

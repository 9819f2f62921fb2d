package io.narthex.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.provision.BucketSetup;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.testkit.Fault;
import io.narthex.testkit.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events of the repository, handled with buckets in memory, answered over HTTP. */
class ProvisionHandlerTest {
  private static final ObjectKey CACHE_INFO = new ObjectKey("nix-cache-info");
  private static final String OWN_ID = "narthex:example-nix-cache";
  private static final String TURNED_ON_ID = OWN_ID + ":event-bridge";

  private final SampleProvisioning sample = new SampleProvisioning();
  private final MemoryStore cache = sample.cache();
  private final MemoryStore state = sample.state();
  private final FakeBucket bucket = sample.bucket();
  private final List<String> log = sample.log();
  private final ResponseEndpoint endpoint = sample.endpoint();

  ProvisionHandlerTest() throws IOException {}

  @AfterEach
  void stop() {
    sample.close();
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

  @Test
  void writesSettingsAndCacheInfoWhenTheStackIsMade() throws IOException, MalformedJsonException {
    sample.handle(sample.event("create"));
    assertSuccess(OWN_ID);
    Settings settings = sample.settings();
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
    sample.handle(sample.event("create"));
    var update = sample.event("update");
    SampleProvisioning.properties(update).put("Closure", "warn");
    sample.handle(update);
    assertThat(endpoint.answers()).isEqualTo(2);
    assertThat(sample.settings().closure()).isEqualTo(ClosureMode.WARN);
  }

  @Test
  void keepsItsNameSoThatAnUpdateIsNoReplacement() throws IOException {
    sample.handle(sample.event("update"));
    assertSuccess(OWN_ID);
  }

  @Test
  void leavesAllDataWhenTheStackGoes() throws IOException {
    sample.handle(sample.event("create"));
    cache.forgetRequests();
    state.forgetRequests();
    sample.handle(sample.event("delete"));
    assertThat(endpoint.answers()).isEqualTo(2);
    assertThat(cache.requests()).isEmpty();
    assertThat(state.requests()).isEmpty();
  }

  @Test
  void turnsEventBridgeOnForAnExistingBucketAndOffAgain() throws IOException {
    sample.handle(sample.event("attach"));
    assertSuccess(TURNED_ON_ID);
    assertThat(bucket.isEventBridgeOn()).isTrue();
    sample.handle(sample.event("delete").put("PhysicalResourceId", TURNED_ON_ID));
    assertThat(bucket.isEventBridgeOn()).isFalse();
  }

  @Test
  void leavesOnWhatWasOnBefore() throws IOException {
    bucket.eventBridge(true);
    sample.handle(sample.event("attach"));
    assertSuccess(OWN_ID);
    sample.handle(sample.event("delete"));
    assertThat(bucket.isEventBridgeOn()).isTrue();
  }

  @Test
  void remembersAcrossUpdatesThatItTurnedEventBridgeOn() throws IOException {
    bucket.eventBridge(true);
    sample.handle(
        sample
            .event("attach")
            .put("RequestType", "Update")
            .put("PhysicalResourceId", TURNED_ON_ID));
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
    sample.handle(sample.event("attach"));
    assertThat(sample.failure()).startsWith("example-nix-cache cannot be used: " + why);
    assertThat(bucket.isEventBridgeOn()).isFalse();
    assertThat(state.requests()).isEmpty();
  }

  @Test
  void takesItsPartOutAgainIfTheRestFails() throws IOException {
    state.failing(request -> Fault.NOT_DONE);
    sample.handle(sample.event("attach"));
    assertThat(sample.failure()).contains("settings.json");
    assertThat(bucket.isEventBridgeOn()).isFalse();
    assertThat(endpoint.answer().get("PhysicalResourceId").asText()).isEqualTo(PhysicalId.NONE);
  }

  @Test
  void hasNothingToDeleteOfWhatWasNotMade() throws IOException {
    bucket.eventBridge(true);
    sample.handle(sample.event("delete").put("PhysicalResourceId", PhysicalId.NONE));
    assertSuccess(PhysicalId.NONE);
    assertThat(bucket.isEventBridgeOn()).isTrue();
  }

  @Test
  void staysWithTheBucketThatItIsAttachedTo() throws IOException {
    var update = sample.event("attach").put("RequestType", "Update");
    sample.handle(update.put("PhysicalResourceId", "narthex:another-bucket:event-bridge"));
    assertThat(sample.failure())
        .isEqualTo(
            "ExistingBucketName cannot be changed: deploy another stack for example-nix-cache");
    assertThat(endpoint.answer().get("PhysicalResourceId").asText())
        .isEqualTo("narthex:another-bucket:event-bridge");
  }

  @Test
  void saysSoIfTheBucketCannotBeAsked() throws IOException {
    bucket.denies();
    sample.handle(sample.event("attach"));
    assertThat(sample.failure()).isEqualTo("GetBucketLocation old-cache");
  }

  @Test
  void namesThePropertiesThatAreWrongAndWritesNothing() throws IOException {
    var create = sample.event("create");
    SampleProvisioning.properties(create).put("StoreDir", "nix").remove(List.of("Priority"));
    sample.handle(create);
    assertThat(sample.failure()).startsWith("StoreDir: ").endsWith("; Priority is not set");
    assertThat(state.requests()).isEmpty();
    assertThat(log.getFirst()).contains("\"status\":\"FAILED\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"RequestType\":\"Ponder\"", "\"ResourceProperties\":7"})
  void answersAlsoWhatItDoesNotUnderstand(String wrong) throws IOException {
    String name = wrong.substring(1, wrong.indexOf('"', 1));
    var event = sample.event("create");
    event.remove(name);
    sample.handle(event.toString().replaceFirst("\\{", "{" + wrong + ","));
    assertThat(sample.failure()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"RequestType\":\"Create\",\"ResponseURL\":\"gopher://x/\"}"})
  void failsWhereNobodyCanBeAnswered(String event) {
    assertThatIOException()
        .isThrownBy(() -> sample.handle(event))
        .withMessageStartingWith("nobody to answer: ");
  }

  @Test
  void answersAgainIfTheAnswerDidNotArrive() throws IOException {
    endpoint.failsWith(503, 500);
    sample.handle(sample.event("create"));
    assertSuccess(OWN_ID);
  }

  @Test
  void failsIfTheAnswerNeverArrivesSoThatLambdaTriesAgain() throws IOException {
    endpoint.failsWith(503, 503, 503);
    ObjectNode create = sample.event("create");
    assertThatIOException()
        .isThrownBy(() -> sample.handle(create))
        .withMessage("CloudFormation was not answered about ReturnAddress[Provision]");
  }

  @Test
  void logsOneLineAndNeverTheReturnAddress() throws IOException {
    sample.handle(sample.event("create"));
    assertThat(log).hasSize(1);
    assertThat(log.getFirst())
        .startsWith("{\"resource\":\"narthex:example-nix-cache\",\"status\":\"SUCCESS\"")
        .doesNotContain("Signature");
  }
}

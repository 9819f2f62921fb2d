package io.narthex.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.CurrentBucketPolicy;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.StoreException;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crac.CheckpointException;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final SettingsSource SETTINGS = () -> Settings.trusting(List.of());

  private final List<String> log = new ArrayList<>();
  private final ServeLog requests =
      new RequestLog(new JsonLog(log::add, Optional.of("Narthex/c"), STOPPED));
  private int policiesRead;
  private String policy = SampleReads.PUBLIC;

  private PolicyInForce parsed() {
    policiesRead++;
    try {
      return PolicyInForce.of(PolicyDocument.parse(policy));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static String narInfo(ServeHandler handler) throws IOException {
    var reply = new ByteArrayOutputStream();
    handler.handleRequest(ServeHandlerTest.event("get-narinfo"), reply, new SampleContext());
    return reply.toString(UTF_8);
  }

  @Test
  void answersRequestsBeforeTheSnapshotIsTaken() throws CheckpointException {
    var handler = new ServeHandler(alarm -> SampleReads.parts(this::parsed, SETTINGS), requests);
    Snapshots.of(handler.snapshot()).take();
    assertThat(policiesRead).isEqualTo(2);
    assertThat(log).isEmpty();
  }

  @Test
  void logsWhatFailsThenAndLetsTheDeploymentGoOn() throws CheckpointException {
    SettingsSource none =
        () -> {
          throw new StoreException("there is no settings.json");
        };
    var handler = new ServeHandler(alarm -> SampleReads.parts(this::parsed, none), requests);
    Snapshots.of(handler.snapshot()).take();
    assertThat(log)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"event\":\"notPrimed\""))
        .first()
        .asString()
        .contains("/nix-cache-info", "there is no settings.json");
    assertThat(policiesRead).isEqualTo(2);
  }

  @Test
  void asksForThePolicyAnewAfterARestore() throws Exception {
    var handler = new ServeHandler(this::remembering, requests);
    Snapshots snapshots = Snapshots.of(handler.snapshot());
    snapshots.take();
    assertThat(narInfo(handler)).startsWith("{\"statusCode\":200,");
    policy = SampleReads.PUBLIC.replace("\"Allow\"", "\"Deny\"");
    assertThat(narInfo(handler)).startsWith("{\"statusCode\":200,");
    snapshots.restore();
    assertThat(narInfo(handler)).startsWith("{\"statusCode\":404,");
  }

  @Test
  void raisesNoAlarmOverThePolicyBeforeTheSnapshot() throws CheckpointException, IOException {
    var handler = new ServeHandler(SnapshotTest::withoutPolicy, requests);
    Snapshots.of(handler.snapshot()).take();
    assertThat(log)
        .containsExactly("{\"event\":\"notPrimed\",\"reason\":\"the bucket has no policy\"}");
    assertThat(narInfo(handler)).startsWith("{\"statusCode\":404,");
    assertThat(log).hasSize(3).element(1).asString().contains("policyNotUnderstood");
  }

  private ServeParts remembering(PolicyAlarm alarm) {
    return SampleReads.parts(current(() -> new StoredPolicy.Text(policy), alarm), SETTINGS);
  }

  private static ServeParts withoutPolicy(PolicyAlarm alarm) {
    return SampleReads.parts(current(StoredPolicy.None::new, alarm), SETTINGS);
  }

  private static CurrentBucketPolicy current(BucketPolicySource source, PolicyAlarm alarm) {
    return new CurrentBucketPolicy(
        source, PublicAccessSource.NONE, () -> PrincipalSettings.NONE, alarm, STOPPED);
  }
}

package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.admission.Messages;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsJson;
import io.narthex.nix.signature.PublicKey;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import io.narthex.testkit.Snapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crac.CheckpointException;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final List<String> log = new ArrayList<>();
  private final RecordLog records = new RecordLog(new JsonLog(log::add, Optional.empty(), clock));
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);

  private ValidateWiring wire() {
    return ValidateWiring.of(
        cache,
        state,
        (Messages) keys -> {},
        message -> {},
        Optional.empty(),
        Announcements.NONE,
        hashes -> {});
  }

  /** Has this path looked at. */
  private void look(ValidateHandler handler, SamplePath path) throws IOException {
    try (InputStream event =
        requireNonNull(SnapshotTest.class.getResourceAsStream("/events/sqs/put-narinfo.json"))) {
      String about =
          new String(event.readAllBytes(), UTF_8)
              .replace("syd87l2rxw8cbsxmxl853h0r6pdwhwjr", path.storePath().hash().toString());
      handler.handleRequest(
          new ByteArrayInputStream(about.getBytes(UTF_8)),
          OutputStream.nullOutputStream(),
          new SampleContext());
    }
  }

  @Test
  void asksNobodyAnythingBeforeTheSnapshotIsTaken() throws CheckpointException {
    var handler = new ValidateHandler(this::wire, records);
    Snapshots snapshots = Snapshots.of(handler.snapshot());
    snapshots.take();
    assertThat(cache.requests()).isEmpty();
    assertThat(state.requests()).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void logsWhatFailsThenAndLetsTheDeploymentGoOn() throws CheckpointException {
    var missing =
        new Samples(
            name -> {
              throw new NullPointerException(name);
            });
    Snapshots snapshots = Snapshots.of(new Snapshot(missing, () -> {}, records));
    snapshots.take();
    assertThat(log)
        .containsExactly(
            "{\"event\":\"notPrimed\",\"reason\":\"sample.narinfo:"
                + " java.lang.NullPointerException: sample.narinfo\"}");
  }

  @Test
  void judgesByTheSettingsOfItsTimeAfterARestore() throws Exception {
    var store = new SampleStore(20261129);
    trust(List.of(store.publicKey()));
    var handler = new ValidateHandler(this::wire, records);
    Snapshots snapshots = Snapshots.of(handler.snapshot());
    snapshots.take();
    assertThat(verdict(handler, store.path("first"))).isEqualTo("verified");
    trust(List.of());
    assertThat(verdict(handler, store.path("second"))).isEqualTo("verified");
    snapshots.restore();
    assertThat(verdict(handler, store.path("third"))).isEqualTo("waiting");
  }

  private void trust(List<PublicKey> keys) {
    state.upload("settings.json", SettingsJson.write(Settings.trusting(keys)));
  }

  private String verdict(ValidateHandler handler, SamplePath path) throws IOException {
    path.uploadTo(cache);
    look(handler, path);
    return log.getLast().replaceFirst(".*\"verdict\":\"(\\w+)\".*", "$1");
  }
}

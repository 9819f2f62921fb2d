package io.narthex.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.log.JsonLog;
import io.narthex.aws.log.Metric;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.testkit.MemoryCache;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordLogTest {
  private static final ObjectKey KEY = new ObjectKey("log/x.drv");
  private static final Finding FINDING = new Finding(CheckName.LOG, "size", "small", "large");
  private static final Effort EFFORT = new Effort(500, 2_000_000);

  private final List<String> lines = new ArrayList<>();
  private final RecordLog log =
      new RecordLog(
          new JsonLog(
              lines::add, Optional.of("Narthex/cache"), InstantSource.fixed(Instant.EPOCH)));

  @Test
  void countsAStorePathOnceHoweverOftenItIsLookedAt() {
    var signer = new SampleStore(1);
    var cache = new MemoryCache(Settings.trusting(List.of(signer.publicKey())));
    SamplePath path = signer.path("hello-1.0");
    path.uploadTo(cache.cache());
    cache.drain();
    var key = new ObjectKey(path.narInfoKey());
    List<Outcome> again = cache.admission().look(key);
    assertThat(again).hasOnlyElementsOfType(Outcome.Unchanged.class);
    var judged = new Outcome.Judged(((Outcome.Unchanged) again.getFirst()).report());
    assertThat(Measured.of(judged, EFFORT))
        .isEqualTo(
            Map.of(
                Metric.VERIFIED, 1.0,
                Metric.BYTES_READ, 2_000_000.0,
                Metric.SECONDS_PER_MEGABYTE, 0.25));
    assertThat(Measured.of(again.getFirst(), EFFORT.withoutBytes())).isEmpty();
  }

  @Test
  void countsWhatWaitsAndWhatIsRejected() {
    var none = new Effort(1, 0);
    assertThat(Measured.of(new Outcome.ObjectVerified(KEY), none)).containsKey(Metric.VERIFIED);
    assertThat(Measured.of(new Outcome.ObjectWaiting(KEY, FINDING), none))
        .containsOnlyKeys(Metric.WAITING);
    assertThat(Measured.of(new Outcome.ObjectRejected(KEY, List.of(FINDING)), none))
        .containsOnlyKeys(Metric.REJECTED);
  }

  @Test
  void saysNothingOfTheSpeedOfASmallRead() {
    assertThat(Measured.of(new Outcome.Nothing(KEY), new Effort(300, 999_999)))
        .containsOnlyKeys(Metric.BYTES_READ);
  }

  @Test
  void saysAtItsStartWhatDecodes() {
    log.started("liblzma 5.8.4");
    assertThat(lines).containsExactly("{\"xzDecoder\":\"liblzma 5.8.4\"}");
  }

  @Test
  void countsAMessageThatFailed() {
    log.failed("m", new IllegalStateException("no"), "r");
    assertThat(lines.getFirst())
        .startsWith(
            "{\"messageId\":\"m\",\"error\":\"java.lang.IllegalStateException: no\","
                + "\"requestId\":\"r\",\"Failed\":1,\"_aws\":");
  }

  @Test
  void keepsALineWithinWhatCloudWatchTakes() {
    var longest =
        new Finding(CheckName.LOG, "\"".repeat(2000), "\"".repeat(2000), "\"".repeat(2000));
    log.looked(
        KEY, new Outcome.ObjectRejected(KEY, Collections.nCopies(500, longest)), EFFORT, "r");
    assertThat(lines.getFirst().length()).isLessThan(256 * 1024);
  }
}

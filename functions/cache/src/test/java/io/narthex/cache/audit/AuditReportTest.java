package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuditReportTest {
  private static final StorePathHash GOOD = new StorePathHash("0".repeat(32));
  private static final StorePathHash BAD = new StorePathHash("1".repeat(32));
  private static final StorePathHash OPEN = new StorePathHash("2".repeat(32));

  private static final Settings SETTINGS =
      new Settings(
          StoreDir.DEFAULT,
          List.of(),
          1,
          ClosureMode.STRICT,
          UndeclaredMode.WARN,
          List.of(),
          Settings.DEFAULT_MAX_NAR_SIZE,
          Duration.ZERO,
          Settings.DEFAULT_PRIORITY,
          Duration.ZERO);

  private static AuditedPath good() {
    return new AuditedPath(
        GOOD,
        Optional.of("/nix/store/" + GOOD + "-good"),
        AuditVerdict.VERIFIED,
        Optional.empty(),
        List.of(),
        Optional.of(new PathSizes("xz", 100, 1000, List.of("a-1"), ArchiveRead.READ)),
        List.of());
  }

  private static AuditedPath bad() {
    return new AuditedPath(
        BAD,
        Optional.of("/nix/store/" + BAD + "-bad"),
        AuditVerdict.REJECTED,
        Optional.empty(),
        List.of(
            new AuditFinding(
                AuditFinding.Weight.FAILED,
                new Finding(CheckName.NAR_HASH, "NarHash", "sha256:a", "sha256:b"))),
        Optional.of(new PathSizes("zstd", 10, 1024, List.of(), ArchiveRead.READ)),
        List.of(new MissedReference(StorePath.parse(OPEN + "-dep"), MissedReference.Why.ABSENT)));
  }

  private static AuditedPath unreadable() {
    return new AuditedPath(
        OPEN,
        Optional.empty(),
        AuditVerdict.UNCHECKED,
        Optional.of("timeout"),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static JsonNode written(AuditedPath... paths) throws IOException {
    AuditTally tally = new AuditTally();
    var out = new ByteArrayOutputStream();
    try (Spool spool = new MemorySpool()) {
      AuditReport report = new AuditReport(tally, spool);
      for (AuditedPath path : paths) {
        tally.add(path);
        report.accept(path);
      }
      Instant at = Instant.parse("2026-11-29T10:00:00Z");
      report.write(
          new AuditRun("file:///srv/cache", false, "all", at, at, true, "liblzma", SETTINGS), out);
    }
    return new JsonMapper().readTree(out.toByteArray());
  }

  @Test
  void sumsComeBeforeThePathsThatAreNotSimplyGood() throws IOException {
    JsonNode json = written(good(), bad(), unreadable());

    assertThat(json.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "format",
            "cache",
            "mode",
            "selection",
            "complete",
            "startedAt",
            "endedAt",
            "xzDecoder",
            "settings",
            "summary",
            "checks",
            "compressions",
            "signers",
            "narSizes",
            "largest",
            "missing",
            "paths");
    assertThat(json.path("summary").toString())
        .isEqualTo(
            "{\"paths\":3,\"verified\":1,\"rejected\":1,\"waiting\":0,\"unchecked\":1,"
                + "\"unread\":0,\"warned\":0,\"incomplete\":1,\"narsRead\":2,\"narsKnown\":0,\"narsNotRead\":1}");
    assertThat(json.path("checks").toString())
        .isEqualTo("[{\"check\":\"nar-hash\",\"failed\":1,\"waits\":0,\"warned\":0}]");
    assertThat(json.path("signers").findValuesAsText("signer"))
        .containsExactly(AuditTally.NO_SIGNER, "a-1");
    assertThat(json.path("narSizes").findValuesAsText("below")).containsExactly("1024", "2048");
    assertThat(json.path("missing").path(0).path("referrers").asInt()).isEqualTo(1);
    assertThat(json.path("paths").findValuesAsText("verdict"))
        .containsExactly("rejected", "unchecked");
  }

  @Test
  void ofEachReferenceThatIsMissedTheReferrersAreCountedAndOfAPathTenAreSaid() throws IOException {
    List<MissedReference> misses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      var hash = new StorePathHash("%032d".formatted(i));
      misses.add(new MissedReference(StorePath.parse(hash + "-dep"), MissedReference.Why.ABSENT));
    }
    JsonNode json = written(waiting(GOOD, misses), waiting(OPEN, misses));
    assertThat(json.path("missing").findValuesAsText("referrers")).hasSize(30).containsOnly("2");
    assertThat(json.path("paths").path(0).path("misses").size()).isEqualTo(10);
  }

  private static AuditedPath waiting(StorePathHash hash, List<MissedReference> misses) {
    return new AuditedPath(
        hash,
        Optional.empty(),
        AuditVerdict.WAITING,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        misses);
  }

  @Test
  void aReportOfAGoodCacheHasNoPaths() throws IOException {
    assertThat(written(good()).path("paths").size()).isZero();
  }

  @Test
  void moreNamesThanAreCountedApartAreCountedTogether() {
    AuditTally tally = new AuditTally();
    for (int i = 0; i < 1500; i++) {
      tally.add(
          new AuditedPath(
              GOOD,
              Optional.empty(),
              AuditVerdict.VERIFIED,
              Optional.empty(),
              List.of(),
              Optional.of(new PathSizes("codec" + i, 1, 1, List.of("key-" + i), ArchiveRead.READ)),
              List.of()));
    }
    assertThat(tally.compressions()).hasSize(1001);
    assertThat(tally.compressions().get(AuditTally.OTHERS)).isEqualTo(new Share(500, 500, 500));
    assertThat(tally.signers().get(AuditTally.OTHERS)).isEqualTo(new Share(500, 500, 500));
  }
}

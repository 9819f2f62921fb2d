package io.narthex.cache.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.AuditedFacts;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Reports;
import io.narthex.cache.report.Standing;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.testkit.HeapScratch;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.OutOfTimeStore;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A NAR that takes longer to read than a function has, and an audit that has the time. */
final class SlowNarTest {
  private final SampleStore samples = new SampleStore(1);
  private final MovableClock clock = new MovableClock();
  private final MemoryStore bucket = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final List<ObjectKey> queue = new ArrayList<>();
  private final List<ObjectKey> read = new ArrayList<>();
  private Settings settings = Settings.trusting(List.of(samples.publicKey()));
  private final Admission admission =
      new Admission(
          new OutOfTimeStore(bucket, read::add),
          state,
          queue::addAll,
          (_, _) -> Optional.empty(),
          () -> settings,
          clock);
  private final AuditedFacts facts = new AuditedFacts(state, queue::addAll);

  private Report look(SamplePath path) {
    queue.clear();
    admission.look(new ObjectKey(path.narInfoKey()));
    while (!queue.isEmpty()) {
      admission.look(queue.removeFirst());
    }
    return new Reports(state).read(path.storePath().hash()).orElseThrow().report();
  }

  private Optional<VerdictTag> verdict(String key) {
    return bucket.tags(new ObjectKey(key)).flatMap(tagged -> VerdictTag.of(tagged.tags()));
  }

  private long audit() {
    PathSet.Builder paths = new PathSet.Builder(new HeapScratch());
    facts.awaited().forEach(paths::add);
    List<ReadNar> told = new ArrayList<>();
    AuditedStore audited = new AuditedStore();
    new Audit(
            new StoreCache(bucket, "", 4),
            audited.options(),
            new HeapScratch(),
            AuditState.NONE,
            _ -> false,
            new AuditProgress(),
            new StopSignal())
        .run(
            paths.build(),
            _ -> {},
            nar -> {
              if (facts.tell(nar.hash(), nar.narInfo(), nar.facts())) {
                told.add(nar);
              }
            });
    return told.size();
  }

  private SamplePath uploaded(SamplePath path) {
    path.uploadTo(bucket);
    return path;
  }

  @Test
  void itWaitsForAnAuditAndIsNotReadAgain() {
    SamplePath path = uploaded(samples.path("hello-1.0"));
    Report report = look(path);
    assertThat(report.need()).contains(new Need.ForAudit(path.storePath().hash()));
    assertThat(report.checks().toString()).contains("840 seconds").contains("audit --stack");
    assertThat(verdict(path.narInfoKey())).contains(VerdictTag.WAITING);
    assertThat(facts.awaited()).containsExactly(path.storePath().hash());

    clock.advance(Duration.ofDays(30));
    new Sweep(state, queue::addAll, clock).run(Duration.ZERO);
    assertThat(queue).isNotEmpty();
    assertThat(look(path).standing()).isEqualTo(Standing.WAITING);
    assertThat(read).hasSize(1);
  }

  @Test
  void whatTheAuditHasReadIsJudged() {
    SamplePath path = uploaded(samples.path("hello-1.0"));
    look(path);
    assertThat(audit()).isEqualTo(1);
    assertThat(look(path).standing()).isEqualTo(Standing.VERIFIED);
    assertThat(verdict(path.narInfoKey())).contains(VerdictTag.VERIFIED);
    assertThat(verdict(path.narKey())).contains(VerdictTag.VERIFIED);
    assertThat(facts.awaited()).isEmpty();
    assertThat(read).hasSize(1);
    assertThat(audit()).isZero();
  }

  @Test
  void whatTheAuditHasReadIsRejectedIfItIsBad() {
    SamplePath good = samples.path("hello-1.0");
    SamplePath bad = uploaded(good.withFile(samples.path("other-1.0").file()));
    look(bad);
    assertThat(audit()).isEqualTo(1);
    assertThat(look(bad).standing()).isEqualTo(Standing.REJECTED);
    assertThat(bucket.head(new ObjectKey(bad.narInfoKey()))).isEmpty();
  }

  @Test
  void aReferrerIsWokenByIt() {
    SamplePath base = uploaded(samples.path("base-1.0"));
    look(base);
    audit();
    assertThat(look(base).standing()).isEqualTo(Standing.VERIFIED);
    SamplePath top = uploaded(samples.path("top-1.0", base.storePath()));
    look(top);
    audit();
    assertThat(look(top).standing()).isEqualTo(Standing.VERIFIED);
  }

  @Test
  void whatNobodyHasSignedWaitsForThatFirstAndNotForEver() {
    SamplePath path = uploaded(samples.unsigned("hello-1.0", Compression.XZ, List.of()));
    assertThat(look(path).need()).contains(new Need.ForSignature(path.storePath().hash()));
    clock.advance(Duration.ofHours(2));
    assertThat(look(path).standing()).isEqualTo(Standing.REJECTED);
  }

  @Test
  void whatProvesItselfNeedsNoSignatureForIt() {
    SamplePath path = uploaded(samples.contentAddressed("source.txt"));
    assertThat(look(path).need()).contains(new Need.ForAudit(path.storePath().hash()));
    assertThat(audit()).isEqualTo(1);
    assertThat(look(path).standing()).isEqualTo(Standing.VERIFIED);
  }

  @Test
  void whatWasReadOfAnotherVersionIsNotBelieved() {
    SamplePath path = uploaded(samples.path("hello-1.0"));
    look(path);
    List<ReadNar> told = new ArrayList<>();
    AuditedStore audited = new AuditedStore();
    Audit audit =
        new Audit(
            new StoreCache(bucket, "", 4),
            audited.options(),
            new HeapScratch(),
            AuditState.NONE,
            _ -> false,
            new AuditProgress(),
            new StopSignal());
    audit.run(audit.all(), _ -> {}, told::add);
    bucket.upload(path.narKey(), path.file());
    look(path);
    ReadNar nar = told.getFirst();
    assertThat(facts.tell(nar.hash(), nar.narInfo(), nar.facts())).isFalse();
    assertThat(look(path).standing()).isEqualTo(Standing.WAITING);
  }

  @Test
  void otherSettingsAreOtherQuestions() {
    SamplePath path = uploaded(samples.path("hello-1.0"));
    look(path);
    audit();
    look(path);
    settings = Settings.trusting(List.of());
    assertThat(look(path).standing()).isEqualTo(Standing.WAITING);
    settings = Settings.trusting(List.of(samples.publicKey()));
    assertThat(look(path).standing()).isEqualTo(Standing.VERIFIED);
    assertThat(read).as("facts are kept").hasSize(1);
  }
}

package io.narthex.cache.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StorePath;
import io.narthex.testkit.Fault;
import io.narthex.testkit.HeapScratch;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AuditTest {
  private final AuditedStore cache = new AuditedStore();

  private static List<CheckName> checks(AuditedPath path) {
    return path.findings().stream().map(found -> found.finding().check()).toList();
  }

  @Test
  void aSoundCacheIsVerified() {
    SamplePath base = cache.with(cache.samples.path("base"));
    cache.with(cache.samples.path("zstd", Compression.ZSTD, List.of(base.storePath())));
    cache.with(cache.samples.path("none", Compression.NONE, List.of(base.storePath())));
    cache.with(cache.samples.contentAddressed("fixed"));
    assertThat(cache.audit().all())
        .hasSize(4)
        .allSatisfy(path -> assertThat(path.verdict()).isEqualTo(AuditVerdict.VERIFIED))
        .allSatisfy(path -> assertThat(path.findings()).isEmpty());
  }

  @Test
  void anotherNarUnderTheNameIsRejectedUnderTheChecksThatSeeIt() {
    SamplePath other = cache.samples.path("other");
    SamplePath bad = cache.with(cache.samples.path("bad").withFile(other.file()));
    AuditedPath found = cache.audited(bad);
    assertThat(found.verdict()).isEqualTo(AuditVerdict.REJECTED);
    assertThat(checks(found)).contains(CheckName.FILE_HASH, CheckName.NAR_HASH);
  }

  @Test
  void aNarThatIsNotThereIsWaitedFor() {
    SamplePath path = cache.samples.path("lonely");
    cache.store.upload(path.narInfoKey(), path.narInfoBytes());
    cache.paths.add(path);
    AuditedPath found = cache.audited(path);
    assertThat(found.verdict()).isEqualTo(AuditVerdict.WAITING);
    assertThat(checks(found)).containsExactly(CheckName.NAR_PRESENT);
  }

  @Test
  void aTextThatIsNoNarinfoIsRejected() {
    SamplePath path = cache.samples.path("odd");
    cache.store.upload(path.narInfoKey(), "StorePath: nowhere\n".getBytes(UTF_8));
    AuditedPath found = cache.audited(path);
    assertThat(found.verdict()).isEqualTo(AuditVerdict.REJECTED);
    assertThat(found.storePath()).isEmpty();
    assertThat(checks(found)).containsExactly(CheckName.NARINFO_SYNTAX);
  }

  @Test
  void whatIsMissingMakesEveryClosureIncompleteThatNeedsIt() {
    StorePath absent = cache.samples.storePath("absent");
    SamplePath direct = cache.with(cache.samples.path("direct", absent));
    SamplePath far = cache.with(cache.samples.path("far", direct.storePath()));
    SamplePath farther = cache.with(cache.samples.path("farther", far.storePath()));
    SamplePath apart = cache.with(cache.samples.path("apart"));
    AuditedStore.Found found = cache.audit();
    assertThat(found.of(direct).misses())
        .containsExactly(new MissedReference(absent, MissedReference.Why.ABSENT));
    assertThat(found.of(far).misses())
        .containsExactly(new MissedReference(direct.storePath(), MissedReference.Why.WAITING));
    assertThat(found.of(farther).verdict()).isEqualTo(AuditVerdict.WAITING);
    assertThat(found.of(apart).verdict()).isEqualTo(AuditVerdict.VERIFIED);
  }

  @Test
  void aReferenceByAnotherNameUnderTheSameHashIsMissed() {
    SamplePath base = cache.with(cache.samples.path("base"));
    StorePath renamed = StorePath.parse(base.storePath().hash() + "-renamed");
    SamplePath path = cache.with(cache.samples.path("path", renamed));
    assertThat(cache.audited(path).misses())
        .containsExactly(new MissedReference(renamed, MissedReference.Why.ABSENT));
  }

  @Test
  void pathsThatReferToEachOtherAreComplete() {
    StorePath one = cache.samples.storePath("one");
    StorePath two = cache.samples.storePath("two");
    for (StorePath[] pair : new StorePath[][] {{one, two}, {two, one}}) {
      byte[] nar = SampleStore.directory(pair[0] + " " + pair[1]);
      SamplePath path = cache.samples.of(pair[0], nar, Compression.XZ, List.of(pair[1]));
      cache.with(path.with(cache.samples.signed(path.narInfo())));
    }
    assertThat(cache.audit().all())
        .allSatisfy(path -> assertThat(path.verdict()).isEqualTo(AuditVerdict.VERIFIED));
  }

  @Test
  void aQuickAuditReadsNoNarAndVerifiesNothing() {
    cache.quick = true;
    SamplePath good = cache.with(cache.samples.path("good"));
    SamplePath ca = cache.with(cache.samples.contentAddressed("fixed"));
    SamplePath longer = cache.with(cache.samples.path("bad").withFile(new byte[5000]));
    AuditedStore.Found found = cache.audit();
    for (SamplePath path : List.of(good, ca)) {
      AuditedPath said = found.of(path);
      assertThat(said.verdict()).isEqualTo(AuditVerdict.UNCHECKED);
      assertThat(said.isUnread()).isTrue();
      assertThat(said.findings()).isEmpty();
    }
    assertThat(checks(found.of(longer))).containsExactly(CheckName.FILE_SIZE);
  }

  @Test
  void aQuickAuditOfABucketAsksForTheNarsThatItsListingHasNot() {
    cache.quick = true;
    SamplePath good = cache.with(cache.samples.path("good"));
    SamplePath lonely = cache.samples.path("lonely");
    cache.store.upload(lonely.narInfoKey(), lonely.narInfoBytes());
    cache.store.forgetRequests();
    AuditedStore.Found found = cache.audit();
    assertThat(found.of(good).isUnread()).isTrue();
    assertThat(checks(found.of(lonely))).containsExactly(CheckName.NAR_PRESENT);
    assertThat(cache.store.requests())
        .extracting(Fault.Request::key)
        .doesNotContain(good.narKey())
        .contains(lonely.narKey());
  }

  @Test
  void aNarThatComesAfterTheListingIsThere() {
    cache.quick = true;
    SamplePath path = cache.samples.path("path");
    cache.store.upload(path.narInfoKey(), path.narInfoBytes());
    cache.store.interleaving(
        request -> {
          if (request.operation().equals("GetObject")) {
            cache.store.interleaving(later -> {});
            cache.store.upload(path.narKey(), path.file());
          }
        });
    assertThat(cache.audit().of(path).isUnread()).isTrue();
  }

  @Test
  void aQuickAuditSeesThatANarIsEmpty() {
    cache.quick = true;
    SamplePath empty = cache.with(cache.samples.path("empty").withFile(new byte[0]));
    assertThat(checks(cache.audit().of(empty))).containsExactly(CheckName.FILE_SIZE);
  }

  @Test
  void aListingThatFailsIsBegunAnew() {
    cache.with(cache.samples.path("path"));
    var lists = new AtomicInteger();
    cache.store.failing(
        request ->
            request.operation().startsWith("ListObjects") && lists.getAndIncrement() == 0
                ? Fault.NOT_DONE
                : Fault.NONE);
    assertThat(cache.audit().all()).hasSize(1);
    assertThat(lists).hasValue(2);
  }

  @Test
  void aReferenceThatComesAfterTheListingIsNotMissed() {
    SamplePath base = cache.samples.path("base");
    SamplePath top = cache.with(cache.samples.path("top", base.storePath()));
    cache.store.interleaving(
        request -> {
          if (request.operation().equals("GetObject")) {
            cache.store.interleaving(later -> {});
            base.uploadTo(cache.store);
          }
        });
    AuditedPath found = cache.audit().of(top);
    assertThat(found.verdict()).isEqualTo(AuditVerdict.UNCHECKED);
    assertThat(found.misses())
        .containsExactly(new MissedReference(base.storePath(), MissedReference.Why.UNCHECKED));
  }

  @Test
  void aPathThatIsNewMakesNoOtherBeReadAgain() {
    HeapScratch scratch = new HeapScratch();
    Spool kept = scratch.spool("state");
    List<SamplePath> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(cache.samples.path("path" + i));
    }
    all.sort(Comparator.comparing(path -> path.storePath().hash().nix32()));
    List<SamplePath> old = all.subList(1, all.size());
    old.forEach(cache::with);
    cache.state = new KeptFindings(kept, scratch, "memory");
    cache.audit();
    cache.with(all.getFirst());
    cache.store.forgetRequests();
    cache.state = new KeptFindings(kept, scratch, "memory");
    cache.audit();
    assertThat(opened(old)).isZero();
    assertThat(opened(List.of(all.getFirst()))).isOne();
  }

  @Test
  void whatWasReadIsNotReadAgainUntilItChanges() {
    HeapScratch scratch = new HeapScratch();
    Spool kept = scratch.spool("state");
    List<SamplePath> paths = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      paths.add(cache.with(cache.samples.path("path" + i)));
    }
    cache.state = new KeptFindings(kept, scratch, "memory");
    AuditedStore.Found first = cache.audit();
    cache.store.forgetRequests();
    cache.state = new KeptFindings(kept, scratch, "memory");
    assertThat(first.archives()).containsOnly(ArchiveRead.READ);
    AuditedStore.Found second = cache.audit();
    assertThat(second.archives()).containsOnly(ArchiveRead.KNOWN);
    assertThat(second.verdicts()).isEqualTo(first.verdicts());
    assertThat(opened(paths)).isZero();
    SamplePath changed = paths.getFirst();
    cache.store.upload(changed.narKey(), paths.getLast().file());
    cache.state = new KeptFindings(kept, scratch, "memory");
    assertThat(cache.audited(changed).verdict()).isEqualTo(AuditVerdict.REJECTED);
  }

  private long opened(List<SamplePath> paths) {
    List<String> nars = paths.stream().map(SamplePath::narKey).toList();
    return cache.store.requests().stream()
        .filter(request -> request.operation().equals("GetObject"))
        .filter(request -> nars.contains(request.key()))
        .count();
  }

  @Test
  void whatCannotBeReadIsUncheckedAndSoIsWhatNeedsIt() {
    SamplePath base = cache.with(cache.samples.path("base"));
    SamplePath top = cache.with(cache.samples.path("top", base.storePath()));
    SamplePath bad = cache.with(cache.samples.path("bad").withFile(new byte[10]));
    cache.store.failing(
        request -> request.key().equals(base.narKey()) ? Fault.NOT_DONE : Fault.NONE);
    AuditedStore.Found found = cache.audit();
    assertThat(found.of(base).verdict()).isEqualTo(AuditVerdict.UNCHECKED);
    assertThat(found.of(base).findings()).isEmpty();
    assertThat(found.of(top).verdict()).isEqualTo(AuditVerdict.UNCHECKED);
    assertThat(found.of(top).misses())
        .containsExactly(new MissedReference(base.storePath(), MissedReference.Why.UNCHECKED));
    assertThat(found.of(top).findings()).isEmpty();
    assertThat(found.of(bad).verdict()).isEqualTo(AuditVerdict.REJECTED);
  }

  @Test
  void everyReferenceThatIsMissedIsTold() {
    StorePath[] absent = new StorePath[30];
    for (int i = 0; i < absent.length; i++) {
      absent[i] = cache.samples.storePath("absent" + i);
    }
    AuditedPath found = cache.audited(cache.with(cache.samples.path("top", absent)));
    assertThat(found.misses()).extracting(MissedReference::path).containsExactlyInAnyOrder(absent);
    assertThat(found.findings()).hasSize(10);
  }

  @Test
  void whatFailsOnceIsReadAgain() {
    SamplePath path = cache.with(cache.samples.path("path"));
    var failed = new HashSet<String>();
    cache.store.failing(
        request -> failed.add(request.operation() + request.key()) ? Fault.NOT_DONE : Fault.NONE);
    var store = new StoreCache(cache.store, "", 4);
    assertThat(cache.audit(new ListedCache(store, path)).of(path).verdict())
        .isEqualTo(AuditVerdict.VERIFIED);
  }

  @Test
  void aPathThatIsUploadedAgainMeanwhileIsJudgedAsItIsThen() {
    SamplePath first = cache.samples.path("path");
    byte[] nar = SampleStore.directory("rebuilt");
    SamplePath unsigned = cache.samples.of(first.storePath(), nar, Compression.ZSTD, List.of());
    SamplePath second = unsigned.with(cache.samples.signed(unsigned.narInfo()));
    first.uploadTo(cache.store);
    second.uploadTo(cache.store);
    cache.store.upload(first.narInfoKey(), first.narInfoBytes());
    cache.store.delete(new ObjectKey(first.narKey()));
    var changed = new AtomicBoolean();
    cache.store.interleaving(
        request -> {
          long reads =
              cache.store.requests().stream()
                  .filter(earlier -> earlier.key().equals(first.narKey()))
                  .count();
          if (reads == 1 && !changed.getAndSet(true)) {
            cache.store.upload(second.narInfoKey(), second.narInfoBytes());
          }
        });
    assertThat(cache.audit().of(second).verdict()).isEqualTo(AuditVerdict.VERIFIED);
    assertThat(changed).isTrue();
  }

  @Test
  void whatIsStoppedSaysOfNothingThatItIsVerified() {
    for (int i = 0; i < 20; i++) {
      cache.with(cache.samples.path("path" + i));
    }
    var nars = new AtomicInteger();
    cache.store.failing(
        request -> {
          if (request.key().startsWith("nar/") && nars.incrementAndGet() == 5) {
            cache.stop.request();
          }
          return Fault.NONE;
        });
    AuditedStore.Found found = cache.audit();
    assertThat(found.all()).hasSizeLessThan(20);
    assertThat(found.all())
        .allSatisfy(path -> assertThat(path.verdict()).isEqualTo(AuditVerdict.UNCHECKED));
  }
}

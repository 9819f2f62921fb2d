package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.sqs.LookAt;
import io.narthex.aws.sqs.SqsBatch;
import io.narthex.aws.sqs.SqsMessage;
import io.narthex.cache.admission.Admission;
import io.narthex.cache.admission.Outcome;
import io.narthex.cache.admission.Relook;
import io.narthex.cache.admission.Sweep;
import io.narthex.cache.admission.Upkeep;
import io.narthex.cache.announce.Announcements;
import io.narthex.cache.index.Entry;
import io.narthex.cache.index.Generation;
import io.narthex.cache.index.IndexReader;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Rebuild;
import io.narthex.cache.index.Retries;
import io.narthex.cache.principal.TokenSweep;
import io.narthex.cache.report.Reports;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.SettingsSource;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.SamplePath;
import io.narthex.testkit.SampleStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever becomes of a path, the index is told before the message that led to it is acknowledged.
 * Of events there are those of uploaders alone: that our own tags and removals make S3 send more of
 * them is not relied on.
 */
class IndexNewsTest {
  private static final Retries RETRIES = new Retries(_ -> {}, bound -> bound - 1);

  private final MovableClock clock = new MovableClock();
  private final MemoryStore cache = new MemoryStore(clock);
  private final MemoryStore state = new MemoryStore(clock);
  private final SampleStore signer = new SampleStore(1);
  private final List<SqsMessage> queue = new ArrayList<>();
  private final Set<StorePathHash> told = new TreeSet<>();
  private int cameAgain;
  private final AtomicInteger toldBeforeKill = new AtomicInteger(Integer.MAX_VALUE);
  private final RevokedPaths revoked = new RevokedPaths(state);
  private Settings settings = Settings.trusting(List.of(signer.publicKey()));
  private final SettingsSource source = () -> settings;
  private final Relook relook = new Relook(cache, state, source, this::send);
  private final Sweep sweep = new Sweep(state, this::send, clock);
  private final ValidateWiring wiring =
      new ValidateWiring(
          new Admission(cache, state, this::send, (_, _) -> Optional.empty(), source, clock),
          new Upkeep(relook, sweep, new TokenSweep(state, clock), 1),
          _ -> {},
          new ReadMeter(),
          new ReadTime(),
          new PathNews(Announcements.NONE, new Reports(state)),
          new IndexNews(this::tell));

  @BeforeEach
  void hasAnIndex() {
    rebuild();
  }

  private Generation rebuild() {
    return new Rebuild(cache, state, RETRIES, clock).run((_, _, _) -> {}).generation();
  }

  private void send(Collection<ObjectKey> keys) {
    keys.forEach(
        key ->
            queue.add(
                new SqsMessage("m" + queue.size(), Optional.empty(), 1, new LookAt(key).body())));
  }

  private void tell(Iterable<StorePathHash> hashes) {
    if (toldBeforeKill.getAndDecrement() == 0) {
      throw new StoreException("SendMessage");
    }
    hashes.forEach(told::add);
  }

  /** Has all messages looked at; one that fails comes again. */
  private void pump() {
    var looks = new MessageLooks(wiring, new Silent());
    while (!queue.isEmpty()) {
      SqsMessage message = queue.removeFirst();
      if (!looks.failures(new SqsBatch(List.of(message)), "request").isEmpty()) {
        cameAgain++;
        queue.add(
            new SqsMessage(
                message.messageId(), Optional.empty(), message.receives() + 1, message.body()));
      }
    }
  }

  private void upload(SamplePath path) {
    uploadNar(path);
    uploadNarInfo(path);
  }

  private void uploadNar(SamplePath path) {
    cache.upload(path.narKey(), path.file());
    send(List.of(new ObjectKey(path.narKey())));
  }

  private void uploadNarInfo(SamplePath path) {
    cache.upload(path.narInfoKey(), path.narInfoBytes());
    send(List.of(key(path)));
  }

  private static ObjectKey key(SamplePath path) {
    return new ObjectKey(path.narInfoKey());
  }

  /** The verdict of the index after its messages are done, which is what a rebuild says too. */
  private Optional<VerdictTag> verdict(SamplePath path) {
    StorePathHash hash = path.storePath().hash();
    var reader = new IndexReader(state, clock);
    new IndexUpdate(cache, state, RETRIES).look(told);
    told.clear();
    Map<StorePathHash, Entry> kept = reader.entries(reader.served().orElseThrow(), List.of(hash));
    assertThat(kept).isEqualTo(reader.entries(rebuild(), List.of(hash)));
    return Optional.ofNullable(kept.get(hash)).map(Entry::verdict);
  }

  @Test
  void tellsWhatIsVerifiedWhicheverComesLast() {
    SamplePath path = signer.path("hello-1.0");
    uploadNarInfo(path);
    pump();
    assertThat(verdict(path)).contains(VerdictTag.WAITING);
    uploadNar(path);
    pump();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
  }

  @Test
  void tellsWhoeverWaitedForAPath() {
    SamplePath library = signer.path("library-1.0");
    SamplePath program = signer.path("program-1.0", library.storePath());
    upload(program);
    pump();
    assertThat(verdict(program)).contains(VerdictTag.WAITING);
    upload(library);
    pump();
    assertThat(verdict(program)).contains(VerdictTag.VERIFIED);
  }

  @Test
  void tellsWhatIsRejectedAndWhatComesBackUnderIt() {
    SamplePath path = signer.path("hello-1.0");
    upload(path.withFile("nonsense".getBytes(UTF_8)));
    pump();
    assertThat(verdict(path)).contains(VerdictTag.REJECTED);
    upload(path);
    pump();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
    cache.upload(path.narInfoKey(), "nonsense".getBytes(UTF_8));
    send(List.of(key(path)));
    pump();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
  }

  @Test
  void tellsWhatIsRemoved() {
    SamplePath path = signer.path("hello-1.0");
    upload(path);
    pump();
    cache.delete(key(path));
    send(List.of(key(path)));
    pump();
    assertThat(verdict(path)).isEmpty();
  }

  @Test
  void tellsWhatIsRevokedAndRestored() {
    SamplePath path = signer.path("hello-1.0");
    upload(path);
    pump();
    revoked.revoke(path.storePath().hash(), new Revocation("a backdoor", clock.instant()));
    send(List.of(key(path)));
    pump();
    assertThat(verdict(path)).contains(VerdictTag.REJECTED);
    revoked.restore(path.storePath().hash());
    send(List.of(key(path)));
    pump();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
  }

  @Test
  void tellsWhatFallsAndRisesWithTheSettings() {
    SamplePath path = signer.path("hello-1.0");
    upload(path);
    pump();
    settings = Settings.trusting(List.of(new SampleStore(2).publicKey()));
    relook.run();
    pump();
    assertThat(verdict(path)).isPresent().isNotEqualTo(Optional.of(VerdictTag.VERIFIED));
    settings = Settings.trusting(List.of(signer.publicKey()));
    relook.run();
    pump();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
  }

  @Test
  void tellsWhatTheSweepWithdraws() {
    SamplePath path = signer.path("hello-1.0");
    uploadNarInfo(path);
    pump();
    clock.advance(Duration.ofDays(1));
    sweep.run(Duration.ofHours(1));
    pump();
    assertThat(verdict(path)).contains(VerdictTag.REJECTED);
  }

  @Test
  void tellsAllThatShareANar() {
    byte[] nar = SampleStore.directory("the same");
    SamplePath one = sharing(nar, "one-1.0");
    SamplePath two = sharing(nar, "two-1.0");
    uploadNarInfo(one);
    uploadNarInfo(two);
    pump();
    uploadNar(one);
    pump();
    assertThat(verdict(one)).contains(VerdictTag.VERIFIED);
    assertThat(verdict(two)).contains(VerdictTag.VERIFIED);
  }

  private SamplePath sharing(byte[] nar, String name) {
    SamplePath path = signer.of(signer.storePath(name), nar, Compression.XZ, List.of());
    return path.with(signer.signed(path.narInfo()));
  }

  /** The message is not acknowledged then, and the index is told when it comes again. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void tellsItLaterIfItCouldNot(int toldBefore) {
    toldBeforeKill.set(toldBefore);
    SamplePath path = signer.path("hello-1.0");
    uploadNarInfo(path);
    uploadNar(path);
    uploadNarInfo(path);
    pump();
    assertThat(cameAgain).isEqualTo(1);
    assertThat(toldBeforeKill.get()).isNegative();
    assertThat(verdict(path)).contains(VerdictTag.VERIFIED);
  }

  /** Killed before every request in turn, the one to the index among them. */
  @Test
  void tellsItLaterWhereverItIsKilled() {
    var requests = new AtomicInteger();
    for (int kill = 0; requests.get() >= kill; kill++) {
      var world = new IndexNewsTest();
      world.hasAnIndex();
      SamplePath library = world.signer.path("library-1.0");
      SamplePath program = world.signer.path("program-1.0", library.storePath());
      world.upload(program);
      world.upload(library);
      requests.set(0);
      world.killBefore(kill, requests);
      world.pump();
      world.killBefore(Integer.MAX_VALUE, new AtomicInteger());
      assertThat(world.verdict(library)).as("before %d", kill).contains(VerdictTag.VERIFIED);
      assertThat(world.verdict(program)).as("before %d", kill).contains(VerdictTag.VERIFIED);
    }
    assertThat(requests.get()).isGreaterThan(50);
  }

  private void killBefore(int kill, AtomicInteger requests) {
    for (MemoryStore store : List.of(cache, state)) {
      store.interleaving(
          _ -> {
            if (requests.getAndIncrement() == kill) {
              throw new IllegalStateException("killed");
            }
          });
    }
  }

  /** Hears nothing. */
  private static final class Silent implements ValidateLog {
    @Override
    public void looked(ObjectKey key, Outcome outcome, Effort effort, String requestId) {}

    @Override
    public void swept(int keys, String requestId) {}

    @Override
    public void failed(String messageId, Exception e, String requestId) {}

    @Override
    public void notPrimed(String reason) {}
  }
}

package io.narthex.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.KeptFindings;
import io.narthex.cache.audit.Spool;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.planted.Defect;
import io.narthex.testkit.planted.PlantedCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an audit with a state says is what one without says, however often it was stopped before.
 */
class ContinuedAuditTest {
  private static final int PATHS = 150;
  private static final String CACHE = "the planted cache";
  private static final int PLANTED = Defect.values().length;

  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void anAuditThatWasStoppedAndKilledGoesOnToTheSameReport(long seed) throws IOException {
    PlantedCache planted = written(seed);
    Random random = new Random(seed);
    SortedMap<StorePathHash, AuditedPath> whole = audit(planted, directory()).all();

    for (int run = 0; run < 4; run++) {
      var stop = new StopSignal();
      var cache = new StoppingCache(directory(), stop, 150 + random.nextInt(300));
      kept(known -> audit(planted, cache).with(known).stoppedBy(stop).all());
      cutOff(state(), random.nextInt(200));
    }

    kept(known -> assertThat(audit(planted, directory()).with(known).all()).isEqualTo(whole));
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() throws IOException {
    PlantedCache planted = written(5);
    kept(known -> audit(planted, directory()).with(known).all());

    var again = new StoppingCache(directory(), new StopSignal(), Integer.MAX_VALUE);
    kept(
        known ->
            assertThat(audit(planted, again).with(known).all())
                .isEqualTo(audit(planted, directory()).all()));

    assertThat(again.opened.stream().filter(key -> key.startsWith("nar/"))).isEmpty();
  }

  @Test
  void aNarThatChangesAfterItWasReadIsReadAgain() throws IOException {
    PlantedCache planted = written(6);
    kept(known -> audit(planted, directory()).with(known).all());
    StorePathHash sound =
        audit(planted, directory()).all().values().stream()
            .filter(path -> path.verdict() == AuditVerdict.VERIFIED)
            .map(AuditedPath::hash)
            .findFirst()
            .orElseThrow();
    String narInfo = Files.readString(folder.resolve("cache/" + sound + ".narinfo"));
    String url = narInfo.lines().filter(line -> line.startsWith("URL: ")).findFirst().orElseThrow();
    Path nar = folder.resolve("cache").resolve(url.substring("URL: ".length()));
    byte[] bytes = Files.readAllBytes(nar);
    bytes[bytes.length / 2] ^= 1;
    Files.write(nar, bytes);

    kept(
        known -> {
          SortedMap<StorePathHash, AuditedPath> found =
              audit(planted, directory()).with(known).all();
          assertThat(found.get(sound))
              .extracting(AuditedPath::verdict)
              .isEqualTo(AuditVerdict.REJECTED);
          assertThat(found).isEqualTo(audit(planted, directory()).all());
        });
  }

  private PlantedCache written(long seed) throws IOException {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    planted.writeTo(Files.createDirectory(folder.resolve("cache")));
    return planted;
  }

  private DirectoryCache directory() {
    return new DirectoryCache(folder.resolve("cache"));
  }

  private AuditOf audit(PlantedCache planted, AuditedCache cache) {
    return new AuditOf(cache, planted.trustedKey(), folder);
  }

  private Path state() {
    return folder.resolve("state");
  }

  /** With what earlier runs have kept. */
  private void kept(Consumer<KeptFindings> run) {
    try (Spool spool = KeptSpool.in(state(), CACHE);
        FileScratch scratch = FileScratch.in(folder)) {
      run.accept(new KeptFindings(spool, scratch, CACHE));
    }
  }

  /** As when the process is killed before it has written all. */
  private static void cutOff(Path file, int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(0, channel.size() - bytes));
    }
  }

  /** One whose audit is stopped at one of its reads. */
  private static final class StoppingCache implements AuditedCache {
    private final AuditedCache cache;
    private final StopSignal stop;
    private final int after;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    StoppingCache(AuditedCache cache, StopSignal stop, int after) {
      this.cache = cache;
      this.stop = stop;
      this.after = after;
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
      return cache.head(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key) {
      if (count.incrementAndGet() == after) {
        stop.request();
      }
      Optional<ObjectContent> content = cache.open(key);
      content.ifPresent(found -> opened.add(key.value()));
      return content;
    }

    @Override
    public boolean isListable() {
      return cache.isListable();
    }

    @Override
    public void list(Consumer<StorePathHash> each) {
      cache.list(each);
    }

    @Override
    public boolean isRemote() {
      return cache.isRemote();
    }

    @Override
    public int requestsAtOnce() {
      return cache.requestsAtOnce();
    }
  }
}

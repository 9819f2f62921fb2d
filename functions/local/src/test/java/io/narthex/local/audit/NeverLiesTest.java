package io.narthex.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.KeptFindings;
import io.narthex.cache.audit.Spool;
import io.narthex.local.audit.faults.Fault;
import io.narthex.local.audit.faults.FaultPlan;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.planted.Defect;
import io.narthex.testkit.planted.PlantedCache;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An audit over a bad network. No path is called sound that was not read to its end, and none is
 * called bad for what the network did. The seed in the name of a run makes the same faults again.
 */
class NeverLiesTest {
  private static final int PATHS = 150;
  private static final String CACHE = "the planted cache";
  private static final int PLANTED = Defect.values().length;

  @TempDir private Path folder;

  /** How a cache is read. */
  enum Way {
    HTTP,
    S3;

    AuditedCache opened(Served served) {
      return switch (this) {
        case HTTP -> served.http();
        case S3 -> served.s3();
      };
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(Way.values())
        .flatMap(way -> LongStream.of(1, 2, 3).mapToObj(seed -> Arguments.of(way, seed)));
  }

  /** Those that a client waits for take time; there are others enough. */
  private static Set<Fault> quick(Set<Fault> faults) {
    Set<Fault> quick = EnumSet.copyOf(faults);
    quick.remove(Fault.STALLED);
    return quick;
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void faultsThatPassChangeNothing(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    FaultPlan plan = FaultPlan.first(seed, quick(Fault.HONEST), 60, 3);

    assertSame(audit(planted, way, FaultPlan.NONE), audit(planted, way, plan));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void whatIsWrongOnceChangesNothing(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    FaultPlan plan = FaultPlan.first(seed, Fault.LIES, 60, 1);

    assertSame(audit(planted, way, FaultPlan.NONE), audit(planted, way, plan));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void aReferenceThatIsNotAuditedAndWrongOnceIsThere(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    Set<StorePathHash> some =
        hashes(planted).stream().sorted(naturalOrder()).limit(PATHS / 2).collect(toSet());
    FaultPlan plan = FaultPlan.first(seed, Fault.LIES, 60, 1);

    var truth = audit(planted, way, FaultPlan.NONE, some);
    assertThat(truth.values()).extracting(AuditedPath::verdict).contains(AuditVerdict.VERIFIED);
    assertSame(truth, audit(planted, way, plan, some));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void whatIsWrongOnceIsNotRemembered(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    FaultPlan plan = FaultPlan.first(seed, Fault.LIES, 60, 1);

    try (Spool kept = KeptSpool.in(folder.resolve("state"), CACHE);
        FileScratch scratch = FileScratch.in(folder);
        Served served = new Served(planted, plan)) {
      var audit =
          new AuditOf(way.opened(served), planted.trustedKey(), folder)
              .with(new KeptFindings(kept, scratch, CACHE));
      assertThat(audit.of(hashes(planted)).values()).isNotEmpty();
    }
    try (Spool kept = KeptSpool.in(folder.resolve("state"), CACHE);
        FileScratch scratch = FileScratch.in(folder);
        Served served = new Served(planted, FaultPlan.NONE)) {
      var audit =
          new AuditOf(way.opened(served), planted.trustedKey(), folder)
              .with(new KeptFindings(kept, scratch, CACHE));
      assertSame(audit(planted, way, FaultPlan.NONE), audit.of(hashes(planted)));
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void whatCannotBeReadIsUnchecked(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    Set<String> unreadable = some(planted, seed);

    SortedMap<StorePathHash, AuditedPath> found =
        audit(planted, way, FaultPlan.always(seed, quick(Fault.HONEST), unreadable::contains));

    assertNoLies(audit(planted, way, FaultPlan.NONE), found);
    Set<StorePathHash> hit = whoseObjectIs(unreadable, planted);
    assertThat(hit).isNotEmpty();
    assertThat(verdicts(found, hit)).containsOnly(AuditVerdict.UNCHECKED);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("ways")
  void whateverTheNetworkDoesNoPathIsCalledWhatItIsNot(Way way, long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    FaultPlan any = FaultPlan.sometimes(seed, quick(EnumSet.allOf(Fault.class)), 25);

    assertNoLies(audit(planted, way, FaultPlan.NONE), audit(planted, way, any));
  }

  /** Nothing comes any more, and the client gives up waiting. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aStalledReadIsTriedAgain(Way way) {
    PlantedCache planted = PlantedCache.of(5, PATHS, PLANTED);
    FaultPlan plan = FaultPlan.first(5, EnumSet.of(Fault.STALLED), 5, 1);

    assertSame(audit(planted, way, FaultPlan.NONE), audit(planted, way, plan));
  }

  private static void assertSame(
      SortedMap<StorePathHash, AuditedPath> truth, SortedMap<StorePathHash, AuditedPath> found) {
    assertThat(found.keySet()).isEqualTo(truth.keySet());
    found.forEach((hash, path) -> assertThat(path).isEqualTo(truth.get(hash)));
  }

  /** The verdict of an audit that nothing disturbs, or none. */
  private static void assertNoLies(
      Map<StorePathHash, AuditedPath> truth, Map<StorePathHash, AuditedPath> found) {
    found.forEach(
        (hash, path) -> {
          AuditedPath undisturbed = requireNonNull(truth.get(hash));
          AuditVerdict right = undisturbed.verdict();
          assertThat(path.verdict())
              .as(() -> path + " is " + undisturbed)
              .isIn(right, AuditVerdict.UNCHECKED);
          if (right == AuditVerdict.VERIFIED) {
            assertThat(path.findings().stream().map(AuditFinding::weight))
                .as(path::toString)
                .doesNotContain(AuditFinding.Weight.FAILED);
          }
        });
  }

  /** Some NARs, and some narinfos. */
  private static Set<String> some(PlantedCache planted, long seed) {
    var random = new Random(seed);
    return planted.files().keySet().stream()
        .filter(key -> !key.equals("nix-cache-info") && random.nextInt(12) == 0)
        .collect(toSet());
  }

  /** The paths whose narinfo cannot be read, or that are sound and whose NAR cannot be read. */
  private static Set<StorePathHash> whoseObjectIs(Set<String> unreadable, PlantedCache planted) {
    var hit = new TreeMap<StorePathHash, String>();
    planted
        .files()
        .forEach(
            (key, bytes) -> {
              if (key.endsWith(".narinfo")) {
                var hash = new StorePathHash(key.substring(0, StorePathHash.LENGTH));
                String text = new String(bytes, UTF_8);
                boolean isHit =
                    unreadable.contains(key)
                        || (!planted.defects().containsKey(hash)
                            && unreadable.stream()
                                .anyMatch(nar -> text.contains("URL: " + nar + "\n")));
                if (isHit) {
                  hit.put(hash, key);
                }
              }
            });
    return hit.keySet();
  }

  private static Set<AuditVerdict> verdicts(
      Map<StorePathHash, AuditedPath> found, Set<StorePathHash> paths) {
    return paths.stream().map(hash -> requireNonNull(found.get(hash)).verdict()).collect(toSet());
  }

  private SortedMap<StorePathHash, AuditedPath> audit(
      PlantedCache planted, Way way, FaultPlan plan) {
    return audit(planted, way, plan, hashes(planted));
  }

  private SortedMap<StorePathHash, AuditedPath> audit(
      PlantedCache planted, Way way, FaultPlan plan, Set<StorePathHash> paths) {
    try (Served served = new Served(planted, plan)) {
      return new AuditOf(way.opened(served), planted.trustedKey(), folder).of(paths);
    }
  }

  private static Set<StorePathHash> hashes(PlantedCache planted) {
    return planted.files().keySet().stream()
        .filter(key -> key.endsWith(".narinfo"))
        .map(key -> new StorePathHash(key.substring(0, StorePathHash.LENGTH)))
        .collect(toSet());
  }
}

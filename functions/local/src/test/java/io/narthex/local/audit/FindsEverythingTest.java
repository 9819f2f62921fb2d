package io.narthex.local.audit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.audit.AuditFinding;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.StoreCache;
import io.narthex.cache.verdict.CheckName;
import io.narthex.local.audit.faults.FaultPlan;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.planted.Defect;
import io.narthex.testkit.planted.PlantedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of 1,000 paths, 50 have a defect, and every check has one that only it finds. An audit finds
 * those 50, each under its own check, and says nothing of any other; wherever the cache lies.
 */
class FindsEverythingTest {
  private static final int PATHS = 1000;
  private static final int PLANTED = 50;

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void inAFolderAndInABucket(long seed) throws IOException {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    planted.writeTo(Files.createDirectory(folder.resolve("cache")));
    MemoryStore bucket = new MemoryStore(Clock.systemUTC());
    planted.files().forEach(bucket::upload);

    SortedMap<StorePathHash, AuditedPath> found =
        audit(planted, new DirectoryCache(folder.resolve("cache"))).all();

    assertFindsWhatIsPlanted(planted, found);
    assertThat(audit(planted, new StoreCache(bucket, "", 8)).all()).isEqualTo(found);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22})
  void byHttpAndByTheProtocolOfS3(long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    try (Served served = new Served(planted, FaultPlan.NONE)) {
      SortedMap<StorePathHash, AuditedPath> found = audit(planted, served.s3()).all();

      assertFindsWhatIsPlanted(planted, found);
      assertThat(audit(planted, served.http()).of(found.keySet())).isEqualTo(found);
    }
  }

  private AuditOf audit(PlantedCache planted, AuditedCache cache) {
    return new AuditOf(cache, planted.trustedKey(), folder);
  }

  private static void assertFindsWhatIsPlanted(
      PlantedCache planted, Map<StorePathHash, AuditedPath> found) {
    assertThat(found).hasSize(PATHS);
    assertThat(planted.defects().values().stream().map(Defect::check).collect(toSet()))
        .containsAll(PLANTABLE);
    assertThat(checks(found))
        .isEqualTo(
            planted.defects().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> Set.of(entry.getValue().check()))));
    assertThat(unsound(found)).isEqualTo(rejectedOrWaiting(planted));
  }

  /** Every check that an audit runs. */
  private static final Set<CheckName> PLANTABLE =
      Set.of(
          CheckName.NARINFO_SYNTAX,
          CheckName.KEY_MATCHES_STORE_PATH,
          CheckName.STORE_DIR,
          CheckName.URL,
          CheckName.REFERENCES,
          CheckName.NAR_PRESENT,
          CheckName.NAR_NAME,
          CheckName.FILE_HASH,
          CheckName.FILE_SIZE,
          CheckName.COMPRESSION,
          CheckName.ARCHIVE,
          CheckName.NAR_HASH,
          CheckName.NAR_SIZE,
          CheckName.CONTENT_ADDRESS,
          CheckName.UNDECLARED_REFERENCES,
          CheckName.SIGNATURES,
          CheckName.CLOSURE);

  private static Map<StorePathHash, Set<CheckName>> checks(Map<StorePathHash, AuditedPath> found) {
    var checks = new HashMap<StorePathHash, Set<CheckName>>();
    found.forEach(
        (hash, path) -> {
          if (!path.findings().isEmpty()) {
            checks.put(hash, checks(path.findings()));
          }
        });
    return checks;
  }

  private static Set<CheckName> checks(Collection<AuditFinding> findings) {
    return findings.stream().map(finding -> finding.finding().check()).collect(toSet());
  }

  private static Set<StorePathHash> unsound(Map<StorePathHash, AuditedPath> found) {
    return found.values().stream()
        .filter(path -> path.verdict() != AuditVerdict.VERIFIED)
        .map(AuditedPath::hash)
        .collect(toSet());
  }

  /** All but those that are only warned of. */
  private static Set<StorePathHash> rejectedOrWaiting(PlantedCache planted) {
    return planted.defects().entrySet().stream()
        .filter(entry -> entry.getValue().check() != CheckName.UNDECLARED_REFERENCES)
        .map(Map.Entry::getKey)
        .collect(toSet());
  }
}

package io.narthex.testkit.planted;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.report.Report;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.nix.path.StorePathHash;
import io.narthex.testkit.MemoryCache;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The defects are what they are said to be: the checks of admission find each, and nothing else.
 */
class PlantedCacheTest {
  private static final int PATHS = 200;
  private static final int PLANTED = 2 * Defect.values().length;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachDefectIsFoundByItsOwnCheckAlone(long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);
    MemoryCache cache = admitted(planted);

    Map<StorePathHash, Set<CheckName>> found =
        planted.files().keySet().stream()
            .filter(key -> key.endsWith(".narinfo"))
            .map(key -> new StorePathHash(key.substring(0, StorePathHash.LENGTH)))
            .collect(toMap(hash -> hash, hash -> found(cache.report(hash))));
    found.values().removeIf(Set::isEmpty);

    assertThat(found)
        .isEqualTo(
            planted.defects().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> Set.of(entry.getValue().check()))));
    assertThat(planted.defects()).hasSize(PLANTED);
  }

  @ParameterizedTest
  @ValueSource(longs = {4})
  void thereAreAsManyPathsAsAskedFor(long seed) {
    PlantedCache planted = PlantedCache.of(seed, PATHS, PLANTED);

    assertThat(planted.files().keySet().stream().filter(key -> key.endsWith(".narinfo")))
        .hasSize(PATHS);
    assertThat(planted.defects().values()).contains(Defect.values());
  }

  private static MemoryCache admitted(PlantedCache planted) {
    var cache = new MemoryCache(Settings.trusting(List.of(planted.trustedKey())));
    planted.files().forEach((key, bytes) -> cache.cache().upload(key, bytes));
    cache.drain();
    return cache;
  }

  private static Set<CheckName> found(Report report) {
    var found = new TreeSet<CheckName>();
    for (CheckOutcome outcome : report.checks()) {
      switch (outcome.result()) {
        case CheckResult.Failed failed -> found.add(outcome.check());
        case CheckResult.Warned warned -> found.add(outcome.check());
        case CheckResult.Waits waits -> found.add(outcome.check());
        case CheckResult.Passed passed -> {}
        case CheckResult.NotRun notRun -> {}
      }
    }
    return found;
  }
}

package io.narthex.cache.operate;

import io.narthex.cache.report.Standing;
import java.util.Collection;

/**
 * How many store paths stand how, by their reports.
 *
 * @param reports how many reports were read; those of paths that are gone are in none of the other
 *     counts
 * @param isComplete whether these were all that there are
 */
public record StandingCounts(
    int verified, int waiting, int rejected, int reports, boolean isComplete) {
  public StandingCounts {
    if (verified < 0 || waiting < 0 || rejected < 0 || reports < verified + waiting + rejected) {
      throw new IllegalArgumentException("counts that do not add up");
    }
  }

  static StandingCounts of(Collection<Standing> standings, boolean isComplete) {
    return new StandingCounts(
        count(standings, Standing.VERIFIED),
        count(standings, Standing.WAITING),
        count(standings, Standing.REJECTED),
        standings.size(),
        isComplete);
  }

  private static int count(Collection<Standing> standings, Standing standing) {
    return (int) standings.stream().filter(s -> s == standing).count();
  }
}

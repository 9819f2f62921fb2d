package io.narthex.local.host;

import io.narthex.cache.report.Standing;
import io.narthex.nix.path.StorePathHash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How every store path stands, by what was judged. */
final class Tally {
  private final Map<StorePathHash, Standing> standings = new ConcurrentHashMap<>();

  void judged(StorePathHash hash, Standing standing) {
    standings.put(hash, standing);
  }

  /** What was read at the start does not overrule what was judged since. */
  void remembered(StorePathHash hash, Standing standing) {
    standings.putIfAbsent(hash, standing);
  }

  /** The narinfo is gone; a rejected one was taken out by us. */
  void absent(StorePathHash hash) {
    standings.computeIfPresent(
        hash, (h, standing) -> standing == Standing.REJECTED ? standing : Standing.REMOVED);
  }

  int count(Standing standing) {
    return (int) standings.values().stream().filter(s -> s == standing).count();
  }
}

package io.narthex.cache.admission;

import io.narthex.testkit.MemoryCache;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks before every request that anybody makes, and whenever it is asked, whether keys that must
 * never be served are.
 */
final class Unserved {
  private final MemoryCache cache;
  private final List<String> keys;
  private final List<String> served = new ArrayList<>();
  private boolean looking;

  private Unserved(MemoryCache cache, List<String> keys) {
    this.cache = cache;
    this.keys = List.copyOf(keys);
  }

  /** Watches these keys from now on. */
  static Unserved watch(MemoryCache cache, String... keys) {
    Unserved watch = new Unserved(cache, List.of(keys));
    cache.cache().interleaving(_ -> watch.look());
    cache.state().interleaving(_ -> watch.look());
    return watch;
  }

  private void look() {
    if (!looking) {
      looking = true;
      keys.stream().filter(cache::isServed).forEach(served::add);
      looking = false;
    }
  }

  /** The keys that were served at some moment up to now. */
  List<String> servedSoFar() {
    look();
    return List.copyOf(served);
  }
}

package io.narthex.cache.index;

import io.narthex.cache.store.ObjectKey;

/** Where the index lies in the state bucket. */
final class IndexKeys {
  static final String PREFIX = "index/";

  private IndexKeys() {}

  /** {@code index/manifest.json}: which generations there are; the one object that is swapped. */
  static ObjectKey manifest() {
    return new ObjectKey(PREFIX + "manifest.json");
  }
}

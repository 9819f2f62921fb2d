package io.narthex.cache.audit;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The cache that is audited; nothing is written to it. Keys are relative to where its {@code
 * nix-cache-info} is. Every method throws {@link io.narthex.cache.store.StoreException} when it
 * could not find out, so that <em>absent</em> means absent. Safe for several threads.
 */
public interface AuditedCache {
  /** Of an object of which nothing is told by which it would be seen that it has changed. */
  ETag UNTOLD = new ETag("untold");

  /** An object, without its bytes; empty if there is none. */
  Optional<StoredObject> head(ObjectKey key);

  /**
   * An object, opened for reading; empty if there is none. Its bytes are all of one version: if it
   * changes meanwhile, or the transfer ends early, reading them throws.
   */
  Optional<ObjectContent> open(ObjectKey key);

  /** Whether {@link #list} can be asked. */
  boolean isListable();

  /** The hashes of all narinfos, in any order. */
  void list(Consumer<StorePathHash> each);

  /**
   * As {@link #list(Consumer)}, and tells of every NAR and its bytes if no further request is
   * needed for that.
   *
   * @return whether it told of the NARs
   */
  default boolean list(Consumer<StorePathHash> narInfos, ObjLongConsumer<NarPath> nars) {
    list(narInfos);
    return false;
  }

  /** Whether what is read has come a long way: a bad answer is asked for twice then. */
  boolean isRemote();

  /** Whether the size of every object is told; if not, one that is not has size 0. */
  default boolean tellsSizes() {
    return true;
  }

  /** How many requests at once it takes to be read fast: more than processors if it is far away. */
  int requestsAtOnce();
}

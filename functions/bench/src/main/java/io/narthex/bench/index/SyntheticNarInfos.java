package io.narthex.bench.index;

import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A cache of synthetic narinfos, made when they are read, whose NARs are all there, of no known
 * size.
 */
record SyntheticNarInfos(SyntheticPaths paths) implements AuditedCache {
  private static final String SUFFIX = ".narinfo";

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return key.value().endsWith(SUFFIX)
        ? open(key).map(ObjectContent::object)
        : Optional.of(object(key, 0));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    String hash = key.value().substring(0, key.value().length() - SUFFIX.length());
    OptionalLong number = paths.number(hash);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    byte[] text = paths.narInfo(number.getAsLong());
    return Optional.of(new ObjectContent(object(key, text.length), new ByteArrayInputStream(text)));
  }

  @Override
  public boolean isListable() {
    return true;
  }

  @Override
  public void list(Consumer<StorePathHash> each) {
    for (long number = 0; number < paths.count(); number++) {
      each.accept(paths.hash(number));
    }
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  /** Its NARs are there, and of no size. */
  @Override
  public boolean tellsSizes() {
    return false;
  }

  @Override
  public int requestsAtOnce() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static StoredObject object(ObjectKey key, long size) {
    return new StoredObject(
        key,
        VersionId.UNVERSIONED,
        new ETag("synthetic"),
        size,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }
}

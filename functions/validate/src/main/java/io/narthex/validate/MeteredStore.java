package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ForwardingStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.Optional;

/** A bucket of which every byte that is read is counted. */
final class MeteredStore extends ForwardingStore {
  private final ReadMeter meter;

  MeteredStore(VersionedStore store, ReadMeter meter) {
    super(store);
    this.meter = requireNonNull(meter, "meter is null");
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return super.open(key).map(this::counted);
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key, VersionId version) {
    return super.open(key, version).map(this::counted);
  }

  private ObjectContent counted(ObjectContent content) {
    return new ObjectContent(content.object(), meter.over(content.bytes()));
  }
}

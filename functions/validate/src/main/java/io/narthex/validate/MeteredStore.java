package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ForwardingStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import java.util.Optional;

/** A bucket of which every byte that is read is counted, as long as there is time. */
final class MeteredStore extends ForwardingStore {
  private final ReadMeter meter;
  private final ReadTime time;

  MeteredStore(VersionedStore store, ReadMeter meter, ReadTime time) {
    super(store);
    this.time = requireNonNull(time, "time is null");
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
    return new ObjectContent(content.object(), time.over(meter.over(content.bytes())));
  }
}

package io.narthex.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionedStore;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.VersionedStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A bucket that is metered is a bucket like others. */
class MeteredStoreTest extends VersionedStoreContract {
  private final MemoryStore bucket = new MemoryStore(new MovableClock());
  private final ReadMeter meter = new ReadMeter();
  private final MeteredStore store = new MeteredStore(bucket, meter, new ReadTime());

  @Override
  protected VersionedStore store() {
    return store;
  }

  @Test
  void countsTheBytesThatAreReadAndNoOthers() throws IOException {
    var key = new ObjectKey("k");
    bucket.upload(key.value(), "0123456789".getBytes(UTF_8));
    try (ObjectContent content = store.open(key).orElseThrow()) {
      assertThat(content.bytes().read()).isEqualTo('0');
      assertThat(content.bytes().readNBytes(3)).hasSize(3);
    }
    assertThat(meter.take()).isEqualTo(4);
    var version = store.versions(key).getFirst();
    assertThat(store.open(key, version).orElseThrow().readAll()).hasSize(10);
    assertThat(meter.take()).isEqualTo(10);
    assertThat(meter.take()).isZero();
  }
}

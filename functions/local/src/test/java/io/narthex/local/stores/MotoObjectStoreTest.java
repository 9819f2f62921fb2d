package io.narthex.local.stores;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.cache.store.ObjectStore;
import io.narthex.testkit.ObjectStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The S3 adapter over a plain bucket of moto keeps the contract of the port. */
@Tag("stores")
class MotoObjectStoreTest extends ObjectStoreContract {
  private final ScratchBucket bucket = ScratchBucket.plain(ExternalStore.MOTO.access());
  private final ObjectStore store = new S3ObjectStore(bucket.s3(), bucket.name());

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}

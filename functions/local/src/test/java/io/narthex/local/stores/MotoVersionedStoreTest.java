package io.narthex.local.stores;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.testkit.VersionedStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The S3 adapter over a versioned bucket of moto keeps the contract of the port. */
@Tag("stores")
class MotoVersionedStoreTest extends VersionedStoreContract {
  private final ScratchBucket bucket = ScratchBucket.versioned(ExternalStore.MOTO.access());
  private final VersionedStore store = new S3VersionedStore(bucket.s3(), bucket.name());

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected VersionedStore store() {
    return store;
  }
}

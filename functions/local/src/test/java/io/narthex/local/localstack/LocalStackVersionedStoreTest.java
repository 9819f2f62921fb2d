package io.narthex.local.localstack;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.local.stores.ScratchBucket;
import io.narthex.testkit.VersionedStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The S3 adapter over a versioned bucket of LocalStack keeps the contract of the port. */
@Tag("containers")
@ExtendWith(OneLocalStack.class)
class LocalStackVersionedStoreTest extends VersionedStoreContract {
  private final ScratchBucket bucket;
  private final VersionedStore store;

  LocalStackVersionedStoreTest(LocalStack localStack) {
    bucket = ScratchBucket.versioned(localStack.access());
    store = new S3VersionedStore(bucket.s3(), bucket.name());
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected VersionedStore store() {
    return store;
  }
}

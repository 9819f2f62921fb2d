package io.narthex.local.localstack;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.cache.store.ObjectStore;
import io.narthex.local.stores.ScratchBucket;
import io.narthex.testkit.ObjectStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The S3 adapter over a plain bucket of LocalStack keeps the contract of the port. */
@Tag("containers")
@ExtendWith(OneLocalStack.class)
class LocalStackObjectStoreTest extends ObjectStoreContract {
  private final ScratchBucket bucket;
  private final ObjectStore store;

  LocalStackObjectStoreTest(LocalStack localStack) {
    bucket = ScratchBucket.plain(localStack.access());
    store = new S3ObjectStore(bucket.s3(), bucket.name());
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}

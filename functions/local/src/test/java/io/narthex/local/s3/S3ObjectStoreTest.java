package io.narthex.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.ObjectStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 adapter over the embedded endpoint's plain bucket keeps the contract of the port. */
class S3ObjectStoreTest extends ObjectStoreContract {
  private final Endpoint endpoint;
  private final ObjectStore store;

  S3ObjectStoreTest(@TempDir Path directory) {
    endpoint = Endpoint.start(directory);
    store = new S3ObjectStore(endpoint.admin, Endpoint.PLAIN);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  /** A directory of files cannot, and says so; no key of the layout continues another. */
  @Override
  @Test
  protected void holdsAKeyAndAnotherThatContinuesItAfterASlash() {
    create(new ObjectKey("a/b"), "short");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> create(new ObjectKey("a/b/c"), "long"));
    assertThat(text(new ObjectKey("a/b"))).isEqualTo("short");
  }
}

package io.narthex.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import io.narthex.local.endpoint.SingleWriterStore;
import io.narthex.testkit.VersionedStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter that does without conditional writes keeps the contract of the port. */
class SingleWriterStoreTest extends VersionedStoreContract {
  private final Endpoint endpoint;
  private final VersionedStore store;

  SingleWriterStoreTest(@TempDir Path directory) {
    endpoint = Endpoint.start(directory);
    store = new SingleWriterStore(endpoint.admin, Endpoint.CACHE);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Override
  protected VersionedStore store() {
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

package io.narthex.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.testkit.ObjectStoreContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The S3 adapter over a plain bucket of a Ceph RGW (16.2) keeps the contract of the port. */
@Tag("stores")
class CephRgwObjectStoreTest extends ObjectStoreContract {
  private static final ObjectKey COUNTER = new ObjectKey("counter");
  private static final int ATTEMPTS = 10;

  private final ScratchBucket bucket = ScratchBucket.plain(ExternalStore.CEPH.access());
  private final ObjectStore store = new S3ObjectStore(bucket.s3(), bucket.name());

  @AfterEach
  void close() {
    bucket.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  /**
   * Some who lose a race are answered 500, which the SDK tries again: what came of the first
   * attempt is then unknown, and the adapter says so. No increment that was acknowledged is lost.
   */
  @Override
  @Test
  protected void losesNoIncrementOfACounter() {
    create(COUNTER, "0");
    List<Tally> tallies = race(caller -> this::increments);
    int stored = tallies.stream().mapToInt(Tally::stored).sum();
    int unknown = tallies.stream().mapToInt(Tally::unknown).sum();
    assertThat(stored).isPositive();
    assertThat(Integer.parseInt(text(COUNTER))).isBetween(stored, stored + unknown);
  }

  /**
   * What came of one caller's increments.
   *
   * @param stored the store said that they were written
   * @param unknown the store left open whether they were
   */
  private record Tally(int stored, int unknown) {}

  private Tally increments() {
    int stored = 0;
    int unknown = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        stored += increment() instanceof PutResult.Stored ? 1 : 0;
      } catch (StoreException e) {
        unknown++;
      }
    }
    return new Tally(stored, unknown);
  }

  private PutResult increment() {
    ObjectContent content = store.open(COUNTER).orElseThrow();
    int next = Integer.parseInt(utf8(content)) + 1;
    return store.putIfMatch(COUNTER, content.object().etag(), object(Integer.toString(next)));
  }
}

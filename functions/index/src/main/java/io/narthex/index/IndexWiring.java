package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.index.IndexUpdate;
import io.narthex.cache.index.Retries;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The function's objects, put together by hand, once.
 *
 * @param update behind the queue
 * @param crowded is told when shards have become too large
 */
public record IndexWiring(IndexUpdate update, Runnable crowded) {
  public IndexWiring {
    requireNonNull(update, "update is null");
    requireNonNull(crowded, "crowded is null");
  }

  static IndexWiring of(IndexConfig config) {
    S3Client s3 = S3Clients.client(config.s3());
    return of(
        new S3VersionedStore(s3, config.cacheBucket()),
        new S3ObjectStore(s3, config.stateBucket()),
        () -> {});
  }

  /** The same on buckets that somebody else has opened. */
  public static IndexWiring of(VersionedStore cache, ObjectStore state, Runnable crowded) {
    return new IndexWiring(new IndexUpdate(cache, state, retries()), crowded);
  }

  /** Who loses a race waits on its own thread. */
  public static Retries retries() {
    return new Retries(
        duration -> LockSupport.parkNanos(duration.toNanos()),
        bound -> ThreadLocalRandom.current().nextLong(bound));
  }
}

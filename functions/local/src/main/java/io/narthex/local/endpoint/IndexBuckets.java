package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The two buckets of a store for a process that works on the index beside a host, which needs that
 * the state bucket holds to conditions: without, one would write over what the other wrote.
 *
 * @param cache the bucket that clients know, which is only read
 * @param state the bucket with the index
 */
public record IndexBuckets(VersionedStore cache, ObjectStore state) {
  public IndexBuckets {
    requireNonNull(cache, "cache is null");
    requireNonNull(state, "state is null");
  }

  /**
   * Tries the store out.
   *
   * @throws StoreException if it cannot be used, or not by two
   */
  public static IndexBuckets tryOut(S3Client s3, String cache, String state) {
    try (Probe probe = new Probe(s3, state)) {
      if (!probe.holdsToConditions()) {
        throw new StoreException(
            "the bucket "
                + state
                + " holds to no conditions: have its host do it, with --data instead of --endpoint");
      }
    }
    return new IndexBuckets(new S3VersionedStore(s3, cache), new S3ObjectStore(s3, state));
  }
}

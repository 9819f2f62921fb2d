package io.narthex.cache.read;

import java.util.Optional;

/** Where the text of the cache bucket's policy comes from. */
@FunctionalInterface
public interface BucketPolicySource {
  /**
   * The JSON as it is now; empty if the bucket has no policy.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  Optional<String> read();
}

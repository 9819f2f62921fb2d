package io.narthex.cache.read;

/** Where the text of the cache bucket's policy comes from. */
@FunctionalInterface
public interface BucketPolicySource {
  /**
   * The policy as it is now.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  StoredPolicy read();
}

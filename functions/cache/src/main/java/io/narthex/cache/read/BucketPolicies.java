package io.narthex.cache.read;

/** The policy of the cache bucket, as it stands. */
@FunctionalInterface
public interface BucketPolicies {
  /**
   * What is in force.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked for
   */
  PolicyInForce current();
}

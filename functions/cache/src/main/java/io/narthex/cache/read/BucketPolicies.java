package io.narthex.cache.read;

import io.narthex.policy.PolicyDocument;
import java.util.Optional;

/** The policy of the cache bucket, as it stands. */
@FunctionalInterface
public interface BucketPolicies {
  /**
   * The policy; empty if there is none or it is not understood, and then nobody may read.
   *
   * @throws io.narthex.cache.store.StoreException if it could not be asked for
   */
  Optional<PolicyDocument> current();
}

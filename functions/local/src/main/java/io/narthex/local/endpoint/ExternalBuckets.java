package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionedStore;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** The two buckets of a store, each through what makes up for its lacks. */
public final class ExternalBuckets {
  private final Abilities abilities;
  private final boolean hasPolicyFile;
  private final VersionedStore cache;
  private final ObjectStore state;

  private ExternalBuckets(S3Client s3, ExternalStore store, Abilities abilities) {
    this.abilities = requireNonNull(abilities, "abilities is null");
    this.hasPolicyFile = store.policy().isPresent();
    this.cache = bucket(s3, store.bucket(), abilities.cacheConditions());
    this.state = bucket(s3, store.stateBucket(), abilities.stateConditions());
  }

  /**
   * Tries the store out.
   *
   * @throws StoreException if it cannot be used, saying what it would need
   */
  public static ExternalBuckets tryOut(S3Client s3, ExternalStore store) {
    return new ExternalBuckets(s3, store, abilities(s3, store));
  }

  private static Abilities abilities(S3Client s3, ExternalStore store) {
    try (Probe cache = new Probe(s3, store.bucket());
        Probe state = new Probe(s3, store.stateBucket())) {
      if (!cache.keepsVersions()) {
        throw new StoreException(noVersions(store));
      }
      if (!cache.keepsTags()) {
        throw new StoreException(
            "objects in " + store.bucket() + " keep no tags, which verdicts are");
      }
      return new Abilities(
          cache.holdsToConditions(), state.holdsToConditions(), cache.saysPolicy());
    }
  }

  private static String noVersions(ExternalStore store) {
    return """
        the bucket %s keeps no versions, and a verdict belongs to a version: aws s3api \
        put-bucket-versioning --versioning-configuration Status=Enabled --bucket %s \
        --endpoint-url %s"""
        .formatted(store.bucket(), store.bucket(), store.access().endpoint().orElseThrow());
  }

  private static VersionedStore bucket(S3Client s3, String name, boolean holdsToConditions) {
    return holdsToConditions ? new S3VersionedStore(s3, name) : new SingleWriterStore(s3, name);
  }

  /** The cache bucket. */
  public VersionedStore cache() {
    return cache;
  }

  /** The state bucket. */
  public ObjectStore state() {
    return state;
  }

  /** What is lost for want of an ability, one text each. */
  public List<String> losses() {
    return abilities.losses(hasPolicyFile);
  }
}

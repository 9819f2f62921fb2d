package io.narthex.cache.read;

/**
 * The setting {@code RestrictPublicBuckets} of Block Public Access, of the cache bucket or of its
 * account: where either is on, a policy that is public lets in only the principals of the bucket's
 * own account.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Blocking
 *     public access to your Amazon S3 storage</a>
 */
@FunctionalInterface
public interface PublicAccessSource {
  /** Of a store that has no such setting. */
  PublicAccessSource NONE = () -> Restriction.OFF;

  /** What the store says of the setting. */
  enum Restriction {
    /** It is on. */
    ON,
    /** It is off, or there is no such thing there. */
    OFF,
    /** We may not know: it counts as on. */
    UNKNOWN
  }

  /**
   * The setting as it is now.
   *
   * @throws io.narthex.cache.store.StoreException if S3 could not be asked
   */
  Restriction restrictsPublicBuckets();

  /** This and another together, which is not asked where this one does not say that it is off. */
  default PublicAccessSource and(PublicAccessSource other) {
    return () -> {
      Restriction restriction = restrictsPublicBuckets();
      return restriction == Restriction.OFF ? other.restrictsPublicBuckets() : restriction;
    };
  }
}

package io.narthex.cache.settings;

/** Who vouches for a path that is uploaded. */
public enum TrustMode {
  /** Trusted keys, by their signatures, or the content of the path itself. */
  SIGNATURES,
  /**
   * Besides them, whoever may write to the bucket, by having written. What they have uploaded gets
   * the cache's own signature: only a cache that signs may trust them.
   */
  UPLOADERS
}

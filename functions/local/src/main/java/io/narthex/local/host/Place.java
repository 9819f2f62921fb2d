package io.narthex.local.host;

import io.narthex.cache.read.BucketPolicySource;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.policy.Principal;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeLog;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the two buckets of a host are, and how it hears of uploads: from here on it does. */
sealed interface Place extends AutoCloseable permits EmbeddedPlace, ExternalPlace {
  /** Where clients upload. */
  URI s3Endpoint();

  /** The region that requests are signed for. */
  String region();

  /** The cache bucket, as one principal sees it. */
  VersionedStore cache(LocalAccount principal);

  /** The state bucket, as one principal sees it. */
  ObjectStore state(LocalAccount principal);

  /**
   * The serving function on these buckets.
   *
   * @param url where it answers
   * @param log hears of whom it refuses
   */
  ServeHandler serve(URI url, ServeLog log);

  /** Whose policy and whose settings the next two are. */
  CacheBucket bucket();

  /** The policy of the cache bucket, as reads are decided by it. */
  BucketPolicySource bucketPolicy();

  /** Block Public Access of the cache bucket. */
  PublicAccessSource publicAccess();

  /** What is known here of a principal, if it is one of those who act here. */
  Optional<FoundCaller> caller(Principal principal);

  /**
   * Whether its bucket policies are changed through this host, so that it must run also when one of
   * them keeps itself out.
   */
  boolean isMendedThroughHost();

  /** Further lines for a shell that uploads, and the files that they name. */
  String environment();

  /** What a user must be told, one text each. */
  List<String> notices();

  /** Hears of nothing any more. */
  @Override
  void close();
}

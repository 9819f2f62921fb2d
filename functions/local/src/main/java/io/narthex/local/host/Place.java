package io.narthex.local.host;

import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.VersionedStore;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeLog;
import java.net.URI;
import java.util.List;

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

  /** Further lines for a shell that uploads, and the files that they name. */
  String environment();

  /** What a user must be told, one text each. */
  List<String> notices();

  /** Hears of nothing any more. */
  @Override
  void close();
}

package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.audit.AuditedCache;
import java.util.Optional;

/**
 * A cache to audit, opened.
 *
 * @param url without credentials, for people; another one for another cache
 * @param bucket where verdicts can be written, if they can
 * @param prefix of all keys in that
 * @param closing gives up what it holds
 */
public record AuditSource(
    AuditedCache cache,
    String url,
    Optional<S3VersionedStore> bucket,
    String prefix,
    Runnable closing)
    implements AutoCloseable {
  public AuditSource {
    requireNonNull(cache, "cache is null");
    requireNonNull(url, "url is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(closing, "closing is null");
  }

  @Override
  public void close() {
    closing.run();
  }
}

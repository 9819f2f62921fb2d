package io.narthex.testkit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.verdict.VerdictTag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bucket as a role has it that may read verified versions only. Its requests are the bucket's.
 */
public record VerifiedMemoryStore(MemoryStore bucket) implements VerifiedStore {
  public VerifiedMemoryStore {
    requireNonNull(bucket, "bucket is null");
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return bucket.open(key).filter(content -> isVerified(key));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return bucket.head(key).filter(object -> isVerified(key));
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return bucket.tags(key);
  }

  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    return bucket.list(key.value(), Optional.empty(), 1).entries().stream()
        .filter(entry -> entry.key().equals(key))
        .map(ListPage.Entry::lastModified)
        .findFirst();
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    return URI.create("https://s3.invalid/" + verified.key());
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    return presignGet(verified, validity);
  }

  // S3 looks at the tags by itself.
  private boolean isVerified(ObjectKey key) {
    return bucket.tagsNow(key).flatMap(VerdictTag::of).equals(Optional.of(VerdictTag.VERIFIED));
  }
}

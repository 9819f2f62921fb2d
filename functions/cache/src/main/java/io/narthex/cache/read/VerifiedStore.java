package io.narthex.cache.read;

import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cache bucket as the serving function sees it: by a role that may read verified objects only,
 * so that S3 itself is the last check. Every method throws {@link
 * io.narthex.cache.store.StoreException} when S3 could not be asked.
 */
public interface VerifiedStore {
  /**
   * The current version opened for reading, if it may be read. Empty means absent <em>or</em> not
   * verified: under a tag condition S3 may answer 403 for both, so its status is not looked at.
   */
  Optional<ObjectContent> open(ObjectKey key);

  /** The same without the bytes. */
  Optional<StoredObject> head(ObjectKey key);

  /**
   * The tags of the current version, whatever its verdict; empty if the key is absent. This, and
   * not the status of a read, tells absent from not verified.
   */
  Optional<TaggedVersion> tags(ObjectKey key);

  /** When the current version was written, whatever its verdict; empty if the key is absent. */
  Optional<Instant> lastModified(ObjectKey key);

  /**
   * A presigned GET by the same role of a version that was found here, and of no other that becomes
   * current: valid for the given time, for GET only, and while that version stays verified. It is a
   * bearer token: never logged, never cached.
   */
  URI presignGet(StoredObject verified, Duration validity);

  /** The same, and S3 answers with this content type in place of the uploader's. */
  URI presignGet(StoredObject verified, Duration validity, String contentType);
}

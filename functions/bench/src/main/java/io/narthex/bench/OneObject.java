package io.narthex.bench;

import io.narthex.cache.read.VerifiedStore;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A cache bucket with one verified object in memory, which answers at once and keeps no record. */
final class OneObject implements VerifiedStore {
  private static final TaggedVersion TAGS =
      new TaggedVersion(
          VersionId.UNVERSIONED,
          new Tags(
              Map.of(
                  "nix-verdict",
                  "verified",
                  "team",
                  SampleAccess.TEAM,
                  "closed-to",
                  SampleAccess.CLOSED_TO)));

  private final StoredObject object;
  private final byte[] bytes;

  OneObject(ObjectKey key, byte[] bytes) {
    this.bytes = bytes.clone();
    this.object =
        new StoredObject(
            key,
            TAGS.version(),
            new ETag("d41d8cd98f00b204e9800998ecf8427e"),
            bytes.length,
            Instant.EPOCH,
            Optional.of("text/x-nix-narinfo"),
            Optional.empty());
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return head(key).map(found -> new ObjectContent(found, new ByteArrayInputStream(bytes)));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return object.key().equals(key) ? Optional.of(object) : Optional.empty();
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    return head(key).map(_ -> TAGS);
  }

  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    return head(key).map(StoredObject::lastModified);
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    return URI.create("https://s3.invalid/" + verified.key());
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    return presignGet(verified, validity);
  }
}

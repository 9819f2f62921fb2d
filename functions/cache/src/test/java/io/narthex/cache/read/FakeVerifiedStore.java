package io.narthex.cache.read;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.TaggedVersion;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cache bucket under a role that S3 lets read verified versions only; it lists its requests.
 */
public final class FakeVerifiedStore implements VerifiedStore {
  public final List<String> requests = new ArrayList<>();
  private final Map<ObjectKey, Version> current = new HashMap<>();
  private int versions;
  private Runnable afterTags = () -> {};

  /** One version; its fields do not change, a new tag makes a new one with the same id. */
  private static final class Version {
    private final StoredObject object;
    private final byte[] bytes;
    private final Tags tags;

    Version(StoredObject object, byte[] bytes, Tags tags) {
      this.object = object;
      this.bytes = bytes;
      this.tags = tags;
    }
  }

  public void put(String key, byte[] bytes, Tags tags, Instant written, Optional<String> encoding) {
    var at = new ObjectKey(key);
    var object =
        new StoredObject(
            at,
            new VersionId("v" + ++versions),
            new ETag("e" + versions),
            bytes.length,
            written,
            Optional.of("text/html"),
            encoding);
    current.put(at, new Version(object, bytes, tags));
  }

  public void tag(String key, Tags tags) {
    var at = new ObjectKey(key);
    Version old = current.get(at);
    if (old != null) {
      current.put(at, new Version(old.object, old.bytes, tags));
    }
  }

  /** Runs once, after the next look at tags. */
  public void afterTags(Runnable other) {
    afterTags = other;
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    requests.add("open " + key);
    return verified(key)
        .map(version -> new ObjectContent(version.object, new ByteArrayInputStream(version.bytes)));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    requests.add("head " + key);
    return verified(key).map(version -> version.object);
  }

  @Override
  public Optional<TaggedVersion> tags(ObjectKey key) {
    requests.add("tags " + key);
    Optional<TaggedVersion> tags =
        Optional.ofNullable(current.get(key))
            .map(version -> new TaggedVersion(version.object.version(), version.tags));
    Runnable other = afterTags;
    afterTags = () -> {};
    other.run();
    return tags;
  }

  @Override
  public Optional<Instant> lastModified(ObjectKey key) {
    requests.add("lastModified " + key);
    return Optional.ofNullable(current.get(key)).map(version -> version.object.lastModified());
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity) {
    return URI.create(
        "https://s3.invalid/%s?versionId=%s&X-Amz-Expires=%d"
            .formatted(verified.key(), verified.version(), validity.toSeconds()));
  }

  @Override
  public URI presignGet(StoredObject verified, Duration validity, String contentType) {
    return URI.create(
        presignGet(verified, validity) + "&type=" + contentType.replaceAll("[; ]", "_"));
  }

  private Optional<Version> verified(ObjectKey key) {
    return Optional.ofNullable(current.get(key))
        .filter(
            version -> VerdictTag.of(version.tags).filter(VerdictTag.VERIFIED::equals).isPresent());
  }
}

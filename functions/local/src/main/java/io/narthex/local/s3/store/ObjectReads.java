package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Opens objects. Under one hold of the key's lock the version is found, the caller is authorized
 * for the tags of that version, and its content is opened: whatever is written to the key
 * meanwhile, the answer is of the version that the decision was about.
 */
final class ObjectReads {
  private final DataDirectory data;
  private final Buckets buckets;
  private final KeyLocks locks;
  private final BlobStore current;
  private final BlobStore versions;

  ObjectReads(DataDirectory data, Buckets buckets, KeyLocks locks, BlobStore current) {
    this.data = data;
    this.buckets = buckets;
    this.locks = locks;
    this.current = current;
    this.versions = new FilesystemNio2BlobStore(data.versions().toString());
  }

  /** A version that can be read: where its bytes are and under which name a store opens them. */
  record Stored(BlobStore store, String storeKey, Path file, Optional<String> versionId) {
    TagSet tags() {
      return Attributes.TAGS.read(file).map(TagSet::fromStored).orElse(TagSet.EMPTY);
    }
  }

  /** An object that was opened, and the tags it had then. */
  record Opened(ResponseInputStream<GetObjectResponse> content, TagSet tags) {}

  /** Opens an object; conditions and range are the underlying store's work. */
  Opened open(GetObjectRequest request) {
    ObjectName name = new ObjectName(request.bucket(), request.key());
    try (var _ = locks.hold(name)) {
      Stored stored = authorized(name, Optional.ofNullable(request.versionId()));
      ResponseInputStream<GetObjectResponse> opened =
          stored
              .store()
              .getBlob(request.toBuilder().key(stored.storeKey()).versionId(null).build());
      GetObjectResponse response =
          opened.response().toBuilder().versionId(stored.versionId().orElse(null)).build();
      return new Opened(new ResponseInputStream<>(response, opened), stored.tags());
    }
  }

  /** What a HEAD answers. */
  HeadObjectResponse head(HeadObjectRequest request) {
    ObjectName name = new ObjectName(request.bucket(), request.key());
    try (var _ = locks.hold(name)) {
      Stored stored = authorized(name, Optional.ofNullable(request.versionId()));
      HeadObjectResponse response =
          stored
              .store()
              .blobMetadata(request.toBuilder().key(stored.storeKey()).versionId(null).build());
      return response.toBuilder().versionId(stored.versionId().orElse(null)).build();
    }
  }

  private Stored authorized(ObjectName name, Optional<String> versionId) {
    Call call = Call.CURRENT.get();
    Stored stored = find(name, versionId);
    if (call.operation().readsForCaller()) {
      TagSet tags = stored.tags();
      call.require(
          versionId.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject", name, versionId, tags);
      if (!tags.tags().isEmpty()) {
        call.answer().accept("x-amz-tagging-count", Integer.toString(tags.tags().size()));
      }
    }
    return stored;
  }

  /** Finds a version, under the key's lock; refuses what is absent or a delete marker. */
  Stored find(ObjectName name, Optional<String> versionId) {
    boolean versioned = buckets.isVersioned(name.bucket());
    KeyFiles files = new KeyFiles(data, name);
    try {
      return versionId.isPresent()
          ? version(name, files, versionId.get())
          : newest(name, files, versioned);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stored newest(ObjectName name, KeyFiles files, boolean versioned) throws IOException {
    Optional<Path> file = files.current();
    if (file.isPresent()) {
      Optional<String> id = Attributes.VERSION.read(file.get());
      return new Stored(
          current, name.key(), file.get(), versioned ? id.or(() -> Optional.of("null")) : id);
    }
    Map<String, String> headers =
        files
            .newest()
            .map(marker -> Map.of("x-amz-delete-marker", "true", "x-amz-version-id", marker.id()))
            .orElse(Map.of());
    throw absent(
        name, new S3Refusal(404, "NoSuchKey", "The specified key does not exist.", headers));
  }

  private Stored version(ObjectName name, KeyFiles files, String id) throws IOException {
    Optional<VersionFile> found = files.find(id);
    if (found.isEmpty()) {
      throw absent(
          name, new S3Refusal(404, "NoSuchVersion", "The specified version does not exist."));
    }
    VersionFile version = found.get();
    if (version.deleteMarker()) {
      throw absent(
          name,
          new S3Refusal(
              405,
              "MethodNotAllowed",
              "The version is a delete marker.",
              Map.of("x-amz-delete-marker", "true", "x-amz-version-id", id, "Allow", "DELETE")));
    }
    boolean kept = VersionFile.of(version.file()).isPresent();
    return new Stored(
        kept ? versions : current,
        kept ? version.storeKey(name) : name.key(),
        version.file(),
        Optional.of(id));
  }

  private static S3Refusal absent(ObjectName name, S3Refusal refusal) {
    return Call.CURRENT.get().missing(name.bucket(), refusal);
  }
}

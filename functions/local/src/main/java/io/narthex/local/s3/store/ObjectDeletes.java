package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes: of a key, which in a bucket with versioning only hides it, or of a version, which is for
 * good and brings back what was below.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html">Deleting
 *     object versions</a>
 */
final class ObjectDeletes {
  private static final DeleteObjectResponse NOTHING_TO_DO = DeleteObjectResponse.builder().build();

  private final DataDirectory data;
  private final Buckets buckets;
  private final KeyLocks locks;
  private final Changes changes;

  ObjectDeletes(DataDirectory data, Buckets buckets, KeyLocks locks, Changes changes) {
    this.data = data;
    this.buckets = buckets;
    this.locks = locks;
    this.changes = changes;
  }

  DeleteObjectResponse delete(DeleteObjectRequest request) {
    ObjectName name = new ObjectName(request.bucket(), request.key());
    Optional<String> versionId = Optional.ofNullable(request.versionId());
    Call call = Call.CURRENT.get();
    call.require(
        versionId.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
        name,
        versionId,
        TagSet.EMPTY);
    try (var _ = locks.hold(name)) {
      boolean versioned = buckets.isVersioned(name.bucket());
      KeyFiles files = new KeyFiles(data, name);
      if (call.conditions().ifMatch().isPresent() && !conditionHolds(call, files, versionId)) {
        return NOTHING_TO_DO;
      }
      if (versionId.isPresent()) {
        return deleteVersion(name, files, versionId.get(), versioned);
      }
      return versioned ? hide(name, files) : remove(name, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses with 412 where the ETag is another; says false where nothing is there. */
  private static boolean conditionHolds(Call call, KeyFiles files, Optional<String> versionId)
      throws IOException {
    Optional<String> eTag =
        versionId.isPresent()
            ? files
                .find(versionId.get())
                .filter(v -> !v.deleteMarker())
                .flatMap(v -> ETags.of(v.file()))
            : files.current().flatMap(ETags::of);
    eTag.ifPresent(call.conditions()::requireMatch);
    return eTag.isPresent();
  }

  private DeleteObjectResponse hide(ObjectName name, KeyFiles files) throws IOException {
    String id = changes.newVersionId();
    changes.run(
        name,
        ObjectEventName.REMOVED_DELETE_MARKER_CREATED,
        Optional.of(id),
        () -> {
          files.hide(id);
          files.settle();
        });
    return DeleteObjectResponse.builder().deleteMarker(true).versionId(id).build();
  }

  private DeleteObjectResponse remove(ObjectName name, KeyFiles files) throws IOException {
    if (files.current().isPresent()) {
      changes.run(name, ObjectEventName.REMOVED_DELETE, Optional.empty(), files::remove);
    }
    return NOTHING_TO_DO;
  }

  private DeleteObjectResponse deleteVersion(
      ObjectName name, KeyFiles files, String id, boolean versioned) throws IOException {
    if (!versioned) {
      return id.equals(VersionFile.NULL_ID) ? remove(name, files) : NOTHING_TO_DO;
    }
    files.adopt();
    Optional<VersionFile> version = files.find(id);
    if (version.isPresent()) {
      files.requirePlace();
      changes.run(
          name,
          ObjectEventName.REMOVED_DELETE,
          Optional.of(id),
          () -> {
            files.drop(version.get());
            files.settle();
          });
    }
    boolean marker = version.filter(VersionFile::deleteMarker).isPresent();
    return DeleteObjectResponse.builder().versionId(id).deleteMarker(marker ? true : null).build();
  }

  /** Each key on its own; one that is refused is reported among the others. */
  DeleteObjectsResponse deleteAll(DeleteObjectsRequest request) {
    List<DeletedObject> deleted = new ArrayList<>();
    List<S3Error> errors = new ArrayList<>();
    for (ObjectIdentifier object : request.delete().objects()) {
      try {
        DeleteObjectResponse done =
            delete(
                DeleteObjectRequest.builder()
                    .bucket(request.bucket())
                    .key(object.key())
                    .versionId(object.versionId())
                    .build());
        deleted.add(describe(object, done));
      } catch (S3Refusal refusal) {
        errors.add(
            S3Error.builder()
                .key(object.key())
                .versionId(object.versionId())
                .code(refusal.code())
                .message(refusal.getMessage())
                .build());
      }
    }
    return DeleteObjectsResponse.builder().deleted(deleted).errors(errors).build();
  }

  private static DeletedObject describe(ObjectIdentifier object, DeleteObjectResponse done) {
    DeletedObject.Builder described =
        DeletedObject.builder().key(object.key()).versionId(object.versionId());
    if (Boolean.TRUE.equals(done.deleteMarker())) {
      described.deleteMarker(true).deleteMarkerVersionId(done.versionId());
    }
    return described.build();
  }
}

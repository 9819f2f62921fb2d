package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.model.S3Refusal;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * What S3Proxy's handler works on: its calls, sent to the part of the store that does each. The
 * handler's bookkeeping of multipart uploads goes to the store of parts. Only listings go to the
 * directory of objects directly.
 */
final class GuardedBlobStore extends ForwardingBlobStore {
  private static final Set<Operation> KEEPS_BOOKS =
      Set.of(
          Operation.CREATE_MULTIPART_UPLOAD,
          Operation.COMPLETE_MULTIPART_UPLOAD,
          Operation.ABORT_MULTIPART_UPLOAD);

  private final Buckets buckets;
  private final BucketLifecycle lifecycle;
  private final ObjectReads reads;
  private final ObjectWrites writes;
  private final ObjectCopies copies;
  private final ObjectDeletes deletes;
  private final MultipartUploads uploads;
  private final VersionListing versions;

  GuardedBlobStore(
      BlobStore objects,
      Buckets buckets,
      BucketLifecycle lifecycle,
      ObjectReads reads,
      ObjectWrites writes,
      ObjectCopies copies,
      ObjectDeletes deletes,
      MultipartUploads uploads,
      VersionListing versions) {
    super(objects);
    this.buckets = buckets;
    this.lifecycle = lifecycle;
    this.reads = reads;
    this.writes = writes;
    this.copies = copies;
    this.deletes = deletes;
    this.uploads = uploads;
    this.versions = versions;
  }

  /**
   * Whether the handler looks after an upload of its own accord: in those calls only, for a client
   * can name such a key as the source of a copy or in a list of keys to delete.
   */
  private static boolean isBookkeeping(String key) {
    boolean reserved = key.startsWith(".mpus-") || key.startsWith(".s3proxy-mpu-stub-");
    return reserved && KEEPS_BOOKS.contains(Call.CURRENT.get().operation());
  }

  /**
   * Refuses to look at an object for a condition that the handler would judge without the key's
   * lock.
   */
  private static void requireReading() {
    Operation operation = Call.CURRENT.get().operation();
    if (!operation.readsForCaller() && operation != Operation.COMPLETE_MULTIPART_UPLOAD) {
      throw S3Refusal.notImplemented("This condition");
    }
  }

  @Override
  public CreateBucketResponse createContainer(CreateBucketRequest request) {
    return lifecycle.create(request);
  }

  @Override
  public void deleteBucket(String container) {
    lifecycle.delete(container);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return isBookkeeping(request.key())
        ? uploads.parts().putBlob(request, payload)
        : writes.put(request, payload);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return copies.copy(request);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    if (isBookkeeping(request.key())) {
      return uploads.parts().blobMetadata(request);
    }
    requireReading();
    return reads.head(request);
  }

  /** Null for what the handler asks on its own behalf and does not find. */
  @Override
  public @Nullable HeadObjectResponse blobMetadataIfPresent(HeadObjectRequest request) {
    if (isBookkeeping(request.key())) {
      return uploads.parts().blobMetadataIfPresent(request);
    }
    requireReading();
    try {
      return reads.head(request);
    } catch (S3Refusal refusal) {
      if (Call.CURRENT.get().operation().readsForCaller()) {
        throw refusal;
      }
      return null;
    }
  }

  @Override
  public @Nullable HeadObjectResponse blobMetadataIfPresent(String container, String name) {
    return blobMetadataIfPresent(HeadObjectRequest.builder().bucket(container).key(name).build());
  }

  @Override
  public boolean blobExists(String container, String name) {
    return blobMetadataIfPresent(container, name) != null;
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return isBookkeeping(request.key())
        ? uploads.parts().getBlob(request)
        : reads.open(request).content();
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return isBookkeeping(request.key())
        ? uploads.parts().removeBlob(request)
        : deletes.delete(request);
  }

  @Override
  public DeleteObjectsResponse removeBlobs(DeleteObjectsRequest request) {
    return deletes.deleteAll(request);
  }

  /** Access is by policies alone: only the handler's stub of an upload is ever asked for. */
  @Override
  public ObjectCannedACL getBlobAccess(String container, String name) {
    return ObjectCannedACL.PRIVATE;
  }

  @Override
  public boolean supportsVersioning() {
    return true;
  }

  @Override
  public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
    GetBucketVersioningResponse.Builder response = GetBucketVersioningResponse.builder();
    return buckets.isVersioned(request.bucket())
        ? response.status(BucketVersioningStatus.ENABLED).build()
        : response.build();
  }

  @Override
  public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
    if (request.versioningConfiguration().status() != BucketVersioningStatus.ENABLED) {
      throw S3Refusal.notImplemented("Suspending versioning");
    }
    buckets.enableVersioning(request.bucket());
    return PutBucketVersioningResponse.builder().build();
  }

  @Override
  public ListObjectVersionsResponse listVersions(ListObjectVersionsRequest request) {
    return versions.list(request);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    return uploads.begin(request);
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    uploads.abort(upload);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return uploads.complete(upload, request);
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream body) {
    return uploads.addPart(upload, request, body);
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return uploads.list(upload);
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String container) {
    buckets.require(container);
    return uploads.parts().listMultipartUploads(container);
  }
}

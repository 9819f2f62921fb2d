package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.TagSet;
import io.narthex.local.s3.store.ObjectReads.Opened;
import io.narthex.local.s3.store.ObjectWrites.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Server-side copies: a read of the source and a write of the destination, each with its own
 * authorization and lock.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>
 */
final class ObjectCopies {
  private final ObjectReads reads;
  private final ObjectWrites writes;
  private final Staging staging;
  private final Clock clock;

  ObjectCopies(ObjectReads reads, ObjectWrites writes, Staging staging, Clock clock) {
    this.reads = reads;
    this.writes = writes;
    this.staging = staging;
    this.clock = clock;
  }

  CopyObjectResponse copy(CopyObjectRequest request) {
    ObjectName to = new ObjectName(request.destinationBucket(), request.destinationKey());
    Opened opened = reads.open(sourceOf(request));
    try (ResponseInputStream<GetObjectResponse> source = opened.content()) {
      TagSet tags = tags(request, opened.tags());
      Path staged = staging.receive(headers(request, source.response()), source);
      try {
        Written written = writes.publish(to, staged, tags, ObjectEventName.CREATED_COPY);
        return CopyObjectResponse.builder()
            .copyObjectResult(
                CopyObjectResult.builder()
                    .eTag(written.eTag())
                    .lastModified(clock.instant())
                    .build())
            .versionId(written.versionId().orElse(null))
            .copySourceVersionId(source.response().versionId())
            .build();
      } finally {
        Staging.discard(staged);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tags of the copy: those of the request, or those of the source, which must then be readable
   * and settable.
   */
  private static TagSet tags(CopyObjectRequest request, TagSet existing) {
    Call call = Call.CURRENT.get();
    if (call.tags().isPresent() || existing.tags().isEmpty()) {
      return call.tags().orElse(existing);
    }
    ObjectName from = new ObjectName(request.sourceBucket(), request.sourceKey());
    ObjectName to = new ObjectName(request.destinationBucket(), request.destinationKey());
    Optional<String> versionId = Optional.ofNullable(request.sourceVersionId());
    call.require(
        versionId.isPresent() ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging",
        from,
        versionId,
        existing);
    call.requireNewTags(to.arn(), existing);
    return existing;
  }

  private static GetObjectRequest sourceOf(CopyObjectRequest request) {
    return GetObjectRequest.builder()
        .bucket(request.sourceBucket())
        .key(request.sourceKey())
        .versionId(request.sourceVersionId())
        .ifMatch(request.copySourceIfMatch())
        .ifNoneMatch(request.copySourceIfNoneMatch())
        .ifModifiedSince(request.copySourceIfModifiedSince())
        .ifUnmodifiedSince(request.copySourceIfUnmodifiedSince())
        .build();
  }

  private static PutObjectRequest headers(CopyObjectRequest request, GetObjectResponse source) {
    if (request.metadataDirective() == MetadataDirective.REPLACE) {
      return PutObjectRequest.builder()
          .cacheControl(request.cacheControl())
          .contentDisposition(request.contentDisposition())
          .contentEncoding(request.contentEncoding())
          .contentLanguage(request.contentLanguage())
          .contentType(request.contentType())
          .metadata(request.metadata())
          .build();
    }
    return PutObjectRequest.builder()
        .cacheControl(source.cacheControl())
        .contentDisposition(source.contentDisposition())
        .contentEncoding(source.contentEncoding())
        .contentLanguage(source.contentLanguage())
        .contentType(source.contentType())
        .metadata(source.metadata())
        .build();
  }
}

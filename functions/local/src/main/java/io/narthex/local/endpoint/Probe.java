package io.narthex.local.endpoint;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Finds out what one bucket can do by doing it, on an object of its own name that is removed again
 * with all its versions.
 */
final class Probe implements AutoCloseable {
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final String key = "narthex-probe-" + UUID.randomUUID();
  private final PutObjectResponse first;

  /**
   * Writes the object.
   *
   * @throws StoreException if the bucket is not there, or may not be written
   */
  Probe(S3Client s3, String bucket) {
    this.s3 = requireNonNull(s3, "s3 is null");
    this.bucket = requireNonNull(bucket, "bucket is null");
    try {
      this.first = put("first", request -> {});
    } catch (NoSuchBucketException e) {
      throw new StoreException("there is no bucket " + bucket + ": make it", e);
    } catch (SdkException e) {
      throw new StoreException("writing to the bucket " + bucket, e);
    }
  }

  boolean keepsVersions() {
    String version = first.versionId();
    return version != null && !version.isEmpty() && !version.equals("null");
  }

  /** Whether a tag stays with the version it was given to. */
  boolean keepsTags() {
    Tag tag = Tag.builder().key("narthex-probe").value("kept").build();
    return isAnswered(
            () ->
                s3.putObjectTagging(
                    request ->
                        request
                            .bucket(bucket)
                            .key(key)
                            .versionId(first.versionId())
                            .tagging(tagging -> tagging.tagSet(tag))))
        && isAnswered(
            () -> {
              List<Tag> kept =
                  s3.getObjectTagging(
                          request -> request.bucket(bucket).key(key).versionId(first.versionId()))
                      .tagSet();
              return kept.equals(List.of(tag)) ? kept : refused();
            });
  }

  /** Whether nothing is created that is there, and only what is expected is replaced. */
  boolean holdsToConditions() {
    return isPreconditionFailure(request -> request.ifNoneMatch("*"))
        && isAnswered(() -> put("second", request -> request.ifMatch(etag())))
        && isPreconditionFailure(request -> request.ifMatch(etag()));
  }

  /** Whether the store says what the bucket policy is, or that there is none. */
  boolean saysPolicy() {
    try {
      s3.getBucketPolicy(request -> request.bucket(bucket));
      return true;
    } catch (S3Exception e) {
      return e.statusCode() == NOT_FOUND;
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  private String etag() {
    return first.eTag().replace("\"", "");
  }

  private boolean isPreconditionFailure(Consumer<PutObjectRequest.Builder> condition) {
    try {
      put("third", condition);
      return false;
    } catch (S3Exception e) {
      return e.statusCode() == PRECONDITION_FAILED;
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /** A refusal by the store is an answer of sorts; a store that cannot be reached is not. */
  private boolean isAnswered(Request request) {
    try {
      var _ = request.send();
      return true;
    } catch (S3Exception e) {
      return false;
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /** One request. */
  @FunctionalInterface
  private interface Request {
    Object send();
  }

  private static Object refused() {
    throw S3Exception.builder().message("the tag is not there").build();
  }

  private PutObjectResponse put(String text, Consumer<PutObjectRequest.Builder> condition) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key(key).contentType("text/plain");
    condition.accept(request);
    return s3.putObject(request.build(), RequestBody.fromString(text));
  }

  private StoreException failed(SdkException e) {
    return new StoreException("trying out the bucket " + bucket, e);
  }

  /** Removes the object with all its versions. */
  @Override
  public void close() {
    try {
      if (keepsVersions()) {
        ListObjectVersionsResponse written =
            s3.listObjectVersions(request -> request.bucket(bucket).prefix(key));
        written.versions().forEach(version -> delete(version.versionId()));
      } else {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
      }
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  private void delete(String version) {
    s3.deleteObject(request -> request.bucket(bucket).key(key).versionId(version));
  }
}

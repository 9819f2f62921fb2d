package io.narthex.aws.s3;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * S3's words as ours. A header that the domain needs and S3 left out is a {@link StoreException}.
 */
final class S3Answers {
  private static final String AWS_CHUNKED = "aws-chunked";

  private S3Answers() {}

  static StoredObject stored(ObjectKey key, HeadObjectResponse head) {
    return new StoredObject(
        key,
        version(head.versionId()),
        etag(key, head.eTag()),
        present(key, "Content-Length", head.contentLength()),
        present(key, "Last-Modified", head.lastModified()),
        Optional.ofNullable(head.contentType()),
        contentEncoding(head.contentEncoding()));
  }

  static ObjectContent content(ObjectKey key, ResponseInputStream<GetObjectResponse> answer) {
    GetObjectResponse get = answer.response();
    try {
      StoredObject object =
          new StoredObject(
              key,
              version(get.versionId()),
              etag(key, get.eTag()),
              present(key, "Content-Length", get.contentLength()),
              present(key, "Last-Modified", get.lastModified()),
              Optional.ofNullable(get.contentType()),
              contentEncoding(get.contentEncoding()));
      return new ObjectContent(object, new S3ObjectBytes(answer, object.size(), answer::abort));
    } catch (StoreException e) {
      answer.abort();
      throw e;
    }
  }

  static PutResult stored(ObjectKey key, PutObjectResponse put) {
    return new PutResult.Stored(version(put.versionId()), etag(key, put.eTag()));
  }

  /** Only versioned buckets name versions. */
  static VersionId version(@Nullable String versionId) {
    return versionId == null || versionId.isEmpty()
        ? VersionId.UNVERSIONED
        : new VersionId(versionId);
  }

  /** S3 writes entity tags between quotes, some stores without. */
  static ETag etag(ObjectKey key, @Nullable String header) {
    return new ETag(present(key, "ETag", header).replace("\"", ""));
  }

  /** The uploader's content encoding: {@code aws-chunked} is about the upload, not the object. */
  static Optional<String> contentEncoding(@Nullable String header) {
    String own =
        Arrays.stream((header == null ? "" : header).split(",", -1))
            .map(String::strip)
            .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(AWS_CHUNKED))
            .collect(Collectors.joining(", "));
    return own.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  static Tags tags(List<Tag> tagSet) {
    return new Tags(tagSet.stream().collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  static Tagging tagging(Tags tags) {
    return Tagging.builder()
        .tagSet(
            tags.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  /** The {@code x-amz-tagging} header of a write, if it needs one. */
  static Optional<Tagging> tagging(NewObject object) {
    return object.tags().values().isEmpty()
        ? Optional.empty()
        : Optional.of(tagging(object.tags()));
  }

  private static <T> T present(ObjectKey key, String header, @Nullable T value) {
    if (value == null) {
      throw new StoreException("the answer about " + key + " has no " + header);
    }
    return value;
  }
}

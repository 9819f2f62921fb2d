package io.narthex.aws.s3;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * All versions of one object, newest first. S3 lists by prefix, and the key itself sorts before all
 * keys that it is a prefix of, so the listing ends at the first other key.
 */
final class VersionListing {
  private final S3Client s3;
  private final String bucket;
  private final ObjectKey key;

  VersionListing(S3Client s3, String bucket, ObjectKey key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  List<VersionId> read() {
    var versions = new ArrayList<VersionId>();
    Optional<ListObjectVersionsResponse> page = Optional.empty();
    do {
      ListObjectVersionsRequest request = request(page);
      page =
          Optional.of(
              new S3Call("ListObjectVersions", key.value())
                  .answer(() -> s3.listObjectVersions(request)));
      page.get().versions().stream()
          .filter(version -> version.key().equals(key.value()))
          .forEach(version -> versions.add(S3Answers.version(version.versionId())));
    } while (goesOn(page.get()));
    return versions;
  }

  private ListObjectVersionsRequest request(Optional<ListObjectVersionsResponse> before) {
    ListObjectVersionsRequest.Builder request =
        ListObjectVersionsRequest.builder().bucket(bucket).prefix(key.value());
    before.ifPresent(
        page ->
            request.keyMarker(page.nextKeyMarker()).versionIdMarker(page.nextVersionIdMarker()));
    return request.build();
  }

  private boolean goesOn(ListObjectVersionsResponse page) {
    Stream<String> keys =
        Stream.concat(
            page.versions().stream().map(ObjectVersion::key),
            page.deleteMarkers().stream().map(DeleteMarkerEntry::key));
    return Boolean.TRUE.equals(page.isTruncated()) && keys.allMatch(key.value()::equals);
  }
}

package io.narthex.aws.s3;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  List<VersionId> all() {
    return read().versions().stream()
        .map(version -> S3Answers.version(version.versionId()))
        .toList();
  }

  /**
   * As far as the newest delete marker. S3 lists versions and markers apart, with times in whole
   * seconds: a version of the same second as a marker counts as under it, unless it is the current
   * one.
   */
  List<VersionId> inPlace() {
    Listed listed = read();
    Optional<Instant> marker = listed.markers().stream().max(Comparator.naturalOrder());
    return listed.isAbsent()
        ? List.of()
        : listed.versions().stream()
            .takeWhile(
                version ->
                    Boolean.TRUE.equals(version.isLatest())
                        || marker.map(version.lastModified()::isAfter).orElse(true))
            .map(version -> S3Answers.version(version.versionId()))
            .toList();
  }

  /**
   * What S3 lists.
   *
   * @param versions newest first
   * @param markers when delete markers were placed
   * @param isAbsent whether such a marker is what the key is now
   */
  private record Listed(List<ObjectVersion> versions, List<Instant> markers, boolean isAbsent) {}

  private Listed read() {
    var versions = new ArrayList<ObjectVersion>();
    var markers = new ArrayList<DeleteMarkerEntry>();
    Optional<ListObjectVersionsResponse> page = Optional.empty();
    do {
      ListObjectVersionsRequest request = request(page);
      page =
          Optional.of(
              new S3Call("ListObjectVersions", key.value())
                  .answer(() -> s3.listObjectVersions(request)));
      page.get().versions().stream().filter(v -> isOurs(v.key())).forEach(versions::add);
      page.get().deleteMarkers().stream().filter(m -> isOurs(m.key())).forEach(markers::add);
    } while (goesOn(page.get()));
    return new Listed(
        versions,
        markers.stream().map(DeleteMarkerEntry::lastModified).toList(),
        markers.stream().anyMatch(marker -> Boolean.TRUE.equals(marker.isLatest())));
  }

  private boolean isOurs(String listed) {
    return listed.equals(key.value());
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

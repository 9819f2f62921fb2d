package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.ObjectVersionStorageClass;

/**
 * Lists versions: keys ascending, the newest version of a key first. Every page looks at the names
 * of all keys with the prefix, and at the versions of those on the page.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html">ListObjectVersions</a>
 */
final class VersionListing {
  private static final int MAX_KEYS = 1000;

  private final DataDirectory data;
  private final KeyLocks locks;

  VersionListing(DataDirectory data, KeyLocks locks) {
    this.data = data;
    this.locks = locks;
  }

  ListObjectVersionsResponse list(ListObjectVersionsRequest request) {
    String prefix = text(request.prefix());
    try {
      Page page = new Page(request);
      for (String key : keys(request.bucket(), prefix)) {
        if (key.startsWith(prefix) && !page.add(key)) {
          break;
        }
      }
      return page.response();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory of versions has the name of its key; an object is a file. */
  private Set<String> keys(String bucket, String prefix) throws IOException {
    Set<String> keys = new TreeSet<>();
    if (!ObjectName.mayBeginWith(prefix)) {
      return keys;
    }
    new KeysBelow(data.versions().resolve(bucket), prefix)
        .files(file -> keys.add(file.substring(0, file.lastIndexOf('/'))));
    new KeysBelow(data.objects().resolve(bucket), prefix).files(keys::add);
    return keys;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** One page under way. */
  private final class Page {
    private final ListObjectVersionsRequest request;
    private final String prefix;
    private final String delimiter;
    private final String keyMarker;
    private final int maxKeys;
    private final List<ObjectVersion> versions = new ArrayList<>();
    private final List<DeleteMarkerEntry> markers = new ArrayList<>();
    private final Set<String> prefixes = new HashSet<>();
    private final List<CommonPrefix> commonPrefixes = new ArrayList<>();
    private String lastKey = "";
    private Optional<String> lastVersion = Optional.empty();
    private boolean truncated;

    Page(ListObjectVersionsRequest request) {
      this.request = request;
      this.prefix = text(request.prefix());
      this.delimiter = text(request.delimiter());
      this.keyMarker = text(request.keyMarker());
      this.maxKeys = request.maxKeys() == null ? MAX_KEYS : request.maxKeys();
    }

    /** Adds what the key contributes; false when the page is full. */
    boolean add(String key) throws IOException {
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      return cut < 0 ? addVersions(key) : addPrefix(key.substring(0, cut + delimiter.length()));
    }

    private boolean addPrefix(String common) {
      if (common.compareTo(keyMarker) <= 0 || prefixes.contains(common)) {
        return true;
      }
      if (!room()) {
        return false;
      }
      prefixes.add(common);
      commonPrefixes.add(CommonPrefix.builder().prefix(common).build());
      lastKey = common;
      lastVersion = Optional.empty();
      return true;
    }

    private boolean addVersions(String key) throws IOException {
      int order = key.compareTo(keyMarker);
      String versionMarker = text(request.versionIdMarker());
      if (order < 0 || (order == 0 && versionMarker.isEmpty())) {
        return true;
      }
      boolean skipping = order == 0;
      boolean latest = true;
      for (VersionFile version : newestFirst(key)) {
        if (skipping) {
          skipping = !version.id().equals(versionMarker);
        } else if (!room()) {
          return false;
        } else {
          addVersion(key, version, latest);
        }
        latest = false;
      }
      return true;
    }

    private List<VersionFile> newestFirst(String key) throws IOException {
      ObjectName name = new ObjectName(request.bucket(), key);
      try (var _ = locks.hold(name)) {
        KeyFiles files = new KeyFiles(data, name);
        List<VersionFile> kept = files.versions();
        return kept.isEmpty() ? files.find(VersionFile.NULL_ID).stream().toList() : kept.reversed();
      }
    }

    private void addVersion(String key, VersionFile version, boolean latest) throws IOException {
      Instant modified = Files.getLastModifiedTime(version.file()).toInstant();
      if (version.deleteMarker()) {
        markers.add(
            DeleteMarkerEntry.builder()
                .key(key)
                .versionId(version.id())
                .isLatest(latest)
                .lastModified(modified)
                .build());
      } else {
        versions.add(
            ObjectVersion.builder()
                .key(key)
                .versionId(version.id())
                .isLatest(latest)
                .lastModified(modified)
                .eTag(ETags.of(version.file()).orElse(null))
                .size(Files.size(version.file()))
                .storageClass(ObjectVersionStorageClass.STANDARD)
                .build());
      }
      lastKey = key;
      lastVersion = Optional.of(version.id());
    }

    private boolean room() {
      boolean full = versions.size() + markers.size() + commonPrefixes.size() >= maxKeys;
      truncated = full && maxKeys > 0;
      return !full;
    }

    ListObjectVersionsResponse response() {
      return ListObjectVersionsResponse.builder()
          .versions(versions)
          .deleteMarkers(markers)
          .commonPrefixes(commonPrefixes)
          .isTruncated(truncated)
          .nextKeyMarker(truncated ? lastKey : null)
          .nextVersionIdMarker(truncated ? lastVersion.orElse(null) : null)
          .build();
    }
  }
}

package io.narthex.local.s3.store;

import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Receives bodies before any lock is taken: a slow client holds up nobody. What is staged is a
 * complete object file, attributes included, that only has to be moved to its place.
 */
final class Staging {
  private static final int MAX_USER_METADATA = 2048;
  private static final int MAX_HEADERS = 1024;

  private final DataDirectory data;
  private final BlobStore store;

  Staging(DataDirectory data) {
    this.data = data;
    this.store = new FilesystemNio2BlobStore(data.stagingRoot().toString());
  }

  /**
   * Receives one body, checking its {@code Content-MD5}.
   *
   * @param headers of the object
   */
  Path receive(PutObjectRequest headers, InputStream body) {
    requireRoom(headers);
    String name = UUID.randomUUID().toString();
    var _ =
        store.putBlob(
            headers.toBuilder()
                .bucket(DataDirectory.STAGED)
                .key(name)
                .ifMatch(null)
                .ifNoneMatch(null)
                .build(),
            body);
    return data.staging().resolve(name);
  }

  /** Discards what was not moved away. */
  static void discard(Path staged) {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * S3Proxy stores an object without the attributes that find no room, so more than surely fits is
   * refused first.
   */
  private static void requireRoom(PutObjectRequest headers) {
    int metadata = 0;
    for (Map.Entry<String, String> entry : headers.metadata().entrySet()) {
      metadata += entry.getKey().length() + entry.getValue().length();
    }
    int others =
        Stream.of(
                optional(headers.cacheControl()),
                optional(headers.contentDisposition()),
                optional(headers.contentEncoding()),
                optional(headers.contentLanguage()),
                optional(headers.contentType()))
            .flatMap(Optional::stream)
            .mapToInt(String::length)
            .sum();
    if (metadata > MAX_USER_METADATA || others > MAX_HEADERS) {
      throw new S3Refusal(
          400,
          "MetadataTooLarge",
          "User metadata is more than 2048 bytes, or the other stored headers more than 1024.");
    }
  }

  private static Optional<String> optional(@Nullable String value) {
    return Optional.ofNullable(value);
  }
}

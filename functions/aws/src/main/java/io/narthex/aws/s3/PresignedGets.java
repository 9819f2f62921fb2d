package io.narthex.aws.s3;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * URLs that let whoever has them get one object, for a time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html">Download
 *     and upload objects with presigned URLs</a>
 */
public final class PresignedGets {
  private final S3Presigner presigner;

  /** The presigner stays the caller's to close. */
  public PresignedGets(S3Presigner presigner) {
    this.presigner = requireNonNull(presigner, "presigner is null");
  }

  /**
   * Signs a GET of this very version.
   *
   * @throws StoreException if there are no credentials to sign with
   */
  public URI of(String bucket, StoredObject version, Duration validity) {
    return of(get(bucket, version).build(), validity);
  }

  /** The same, answered with this content type in place of the stored one. */
  public URI of(String bucket, StoredObject version, Duration validity, String contentType) {
    return of(get(bucket, version).responseContentType(contentType).build(), validity);
  }

  private static GetObjectRequest.Builder get(String bucket, StoredObject version) {
    return GetObjectRequest.builder()
        .bucket(bucket)
        .key(version.key().value())
        .versionId(version.version().value());
  }

  /**
   * Signs.
   *
   * @throws StoreException if there are no credentials to sign with
   */
  public URI of(GetObjectRequest get, Duration validity) {
    try {
      return presigner
          .presignGetObject(presign -> presign.signatureDuration(validity).getObjectRequest(get))
          .url()
          .toURI();
    } catch (SdkException e) {
      throw new StoreException("presigning GetObject " + get.key(), e);
    } catch (URISyntaxException e) {
      // The message of this one would hold the signature.
      throw new StoreException("presigning GetObject " + get.key() + ": not a URI");
    }
  }
}

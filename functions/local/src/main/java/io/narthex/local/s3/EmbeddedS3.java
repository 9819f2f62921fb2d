package io.narthex.local.s3;

import java.net.URI;

/** The embedded S3 endpoint: {@code http://127.0.0.1:PORT}, path style and {@code BUCKET.localhost}. */
public final class EmbeddedS3 implements AutoCloseable {
  private EmbeddedS3() {}

  /** Starts it. */
  public static EmbeddedS3 start(EmbeddedS3Config config) {
    throw new UnsupportedOperationException(config.toString());
  }

  /** Where clients find it. */
  public URI endpoint() {
    throw new UnsupportedOperationException();
  }

  /** Creates the bucket unless it is there. */
  public void createBucket(String name, boolean versioned) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

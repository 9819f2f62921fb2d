package io.narthex.local.stores;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A new bucket on a store that is thrown away after the run, so nobody empties it. */
public final class ScratchBucket implements AutoCloseable {
  private final S3Client s3;
  private final String name = "scratch-" + UUID.randomUUID();

  private ScratchBucket(S3Access access) {
    s3 = S3Clients.client(access);
    s3.createBucket(create -> create.bucket(name));
  }

  /** Without versioning. */
  public static ScratchBucket plain(S3Access access) {
    return new ScratchBucket(access);
  }

  /** With versioning on. */
  public static ScratchBucket versioned(S3Access access) {
    var bucket = new ScratchBucket(access);
    bucket.s3.putBucketVersioning(
        put ->
            put.bucket(bucket.name)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    return bucket;
  }

  /** Closed with the bucket. */
  public S3Client s3() {
    return s3;
  }

  /** Of 44 characters, never the same twice. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    s3.close();
  }
}

package io.narthex.local.s3.store;

import io.narthex.local.s3.event.ObjectEventListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Everything that is kept, put together: buckets, objects with their versions and tags, uploads.
 * Starting it completes what an earlier process left half-done.
 */
public final class ObjectStore implements AutoCloseable {
  private final DataDirectory data;
  private final Clock clock;
  private final Buckets buckets;
  private final ObjectTagging tagging;
  private final GuardedBlobStore guarded;

  private ObjectStore(DataDirectory data, ObjectEventListener listener, Clock clock)
      throws IOException {
    this.data = data;
    this.clock = clock;
    this.buckets = new Buckets(data);
    BlobStore objects = new FilesystemNio2BlobStore(data.objects().toString());
    Changes changes = new Changes(data, buckets, listener, clock);
    changes.recover();
    KeyLocks locks = new KeyLocks();
    Staging staging = new Staging(data);
    ObjectReads reads = new ObjectReads(data, buckets, locks, objects);
    ObjectWrites writes = new ObjectWrites(data, buckets, locks, staging, changes, clock);
    MultipartUploads uploads = new MultipartUploads(data, staging, writes);
    this.tagging = new ObjectTagging(locks, reads, changes);
    this.guarded =
        new GuardedBlobStore(
            objects,
            buckets,
            new BucketLifecycle(data, buckets, objects),
            reads,
            writes,
            new ObjectCopies(reads, writes, staging, clock),
            new ObjectDeletes(data, buckets, locks, changes),
            uploads,
            new VersionListing(data, locks));
  }

  /**
   * Opens the directory and recovers.
   *
   * @throws IllegalStateException if the directory cannot be used
   */
  public static ObjectStore open(DataDirectory data, ObjectEventListener listener, Clock clock) {
    try {
      return new ObjectStore(data, listener, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As S3Proxy's handler sees it. Every call needs a {@link io.narthex.local.s3.access.Call}. */
  public BlobStore blobStore() {
    return guarded;
  }

  /** Settings of buckets. */
  public Buckets buckets() {
    return buckets;
  }

  /** Tags of objects. */
  public ObjectTagging tagging() {
    return tagging;
  }

  /** Creates a bucket unless it is there; versioning is switched on if asked for, never off. */
  public void ensureBucket(String name, boolean versioned) {
    if (!buckets.exists(name)) {
      var _ = guarded.createContainer(name);
    }
    if (versioned && !buckets.isVersioned(name)) {
      buckets.enableVersioning(name);
    }
  }

  /** Removes the multipart uploads that were not touched for this long. */
  public void sweepUploads(Duration kept) {
    try {
      new AbandonedUploads(data.uploads()).removeOlderThan(clock.instant().minus(kept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    data.close();
  }
}

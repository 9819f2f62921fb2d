package io.narthex.local.s3.store;

import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;

/** Creates buckets, and deletes those that hold nothing. */
final class BucketLifecycle {
  private final DataDirectory data;
  private final Buckets buckets;
  private final BlobStore objects;

  BucketLifecycle(DataDirectory data, Buckets buckets, BlobStore objects) {
    this.data = data;
    this.buckets = buckets;
    this.objects = objects;
  }

  /**
   * Creates a bucket. Stopping between the steps: parts and versions of a bucket that does not
   * exist yet, empty.
   */
  CreateBucketResponse create(CreateBucketRequest request) {
    ObjectName.requireBucketName(request.bucket());
    try {
      Files.createDirectories(data.uploads().resolve(request.bucket()));
      Files.createDirectories(data.versions().resolve(request.bucket()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects.createContainer(request);
  }

  /**
   * Deletes a bucket without objects, versions and delete markers; uploads that were begun in it go
   * with it.
   */
  void delete(String bucket) {
    buckets.require(bucket);
    try {
      removeEmpty(data.objects().resolve(bucket), data.versions().resolve(bucket));
      removeAll(data.uploads().resolve(bucket));
      buckets.forget(bucket);
    } catch (DirectoryNotEmptyException e) {
      throw new S3Refusal(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Directories only: a file that is there, or comes meanwhile, keeps its directory and with it the
   * bucket.
   */
  private static void removeEmpty(Path objects, Path versions) throws IOException {
    if (holdsFiles(objects) || holdsFiles(versions)) {
      throw new DirectoryNotEmptyException(objects.toString());
    }
    for (Path root : List.of(versions, objects)) {
      for (Path path : tree(root).reversed()) {
        if (Files.isDirectory(path)) {
          Files.delete(path);
        }
      }
    }
  }

  private static boolean holdsFiles(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.anyMatch(Files::isRegularFile);
    }
  }

  private static void removeAll(Path directory) throws IOException {
    for (Path path : tree(directory).reversed()) {
      Files.delete(path);
    }
  }

  private static List<Path> tree(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.toList();
    }
  }
}

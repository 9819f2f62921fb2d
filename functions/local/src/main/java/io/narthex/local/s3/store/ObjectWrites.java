package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.TagSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Makes staged files objects: conditions, tags, version and content become visible in one step. */
final class ObjectWrites {
  private final DataDirectory data;
  private final Buckets buckets;
  private final KeyLocks locks;
  private final Staging staging;
  private final Changes changes;
  private final Clock clock;

  ObjectWrites(
      DataDirectory data,
      Buckets buckets,
      KeyLocks locks,
      Staging staging,
      Changes changes,
      Clock clock) {
    this.data = data;
    this.buckets = buckets;
    this.locks = locks;
    this.staging = staging;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What a write made.
   *
   * @param eTag without quotes
   * @param versionId empty in a bucket without versioning
   */
  record Written(String eTag, Optional<String> versionId) {}

  /** One PUT. */
  PutObjectResponse put(PutObjectRequest request, InputStream body) {
    ObjectName name = new ObjectName(request.bucket(), request.key());
    buckets.require(name.bucket());
    Path staged = staging.receive(request, body);
    try {
      TagSet tags = Call.CURRENT.get().tags().orElse(TagSet.EMPTY);
      Written written = publish(name, staged, tags, ObjectEventName.CREATED_PUT);
      return PutObjectResponse.builder()
          .eTag(written.eTag())
          .versionId(written.versionId().orElse(null))
          .build();
    } finally {
      Staging.discard(staged);
    }
  }

  /** Moves a staged file to its place, under the conditions of the call. */
  Written publish(ObjectName name, Path staged, TagSet tags, ObjectEventName event) {
    ObjectTagging.write(staged, tags);
    String eTag =
        ETags.of(staged)
            .orElseThrow(() -> new IllegalStateException("staged without an ETag: " + staged));
    try (var _ = locks.hold(name)) {
      boolean versioned = buckets.isVersioned(name.bucket());
      KeyFiles files = new KeyFiles(data, name);
      requireConditions(name, files);
      files.requirePlace();
      Files.setLastModifiedTime(staged, FileTime.from(clock.instant()));
      if (versioned) {
        String id = changes.newVersionId();
        Attributes.VERSION.write(staged, id);
        changes.run(name, event, Optional.of(id), () -> addVersion(files, staged, id));
        return new Written(eTag, Optional.of(id));
      }
      changes.run(name, event, Optional.empty(), () -> replace(files, staged));
      return new Written(eTag, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addVersion(KeyFiles files, Path staged, String id) throws IOException {
    files.add(staged, id);
    try {
      files.settle();
    } catch (FileSystemException e) {
      files.withdraw(id);
      throw conflictOr(files, e);
    }
  }

  private static void replace(KeyFiles files, Path staged) throws IOException {
    try {
      files.replace(staged);
    } catch (FileSystemException e) {
      throw conflictOr(files, e);
    }
  }

  /**
   * A key that continues or begins this one may have been written since its place was looked at.
   */
  private static FileSystemException conflictOr(KeyFiles files, FileSystemException failure)
      throws IOException {
    files.requirePlace();
    return failure;
  }

  /**
   * Whoever asks for a certain ETag learns whether it is the right one, and so must be allowed to
   * read it.
   */
  private static void requireConditions(ObjectName name, KeyFiles files) {
    Call call = Call.CURRENT.get();
    Optional<Path> current = files.current();
    if (call.conditions().ifMatch().isPresent() && current.isPresent()) {
      TagSet tags =
          Attributes.TAGS.read(current.get()).map(TagSet::fromStored).orElse(TagSet.EMPTY);
      call.require("s3:GetObject", name, Optional.empty(), tags);
    }
    call.conditions().requireForWrite(current.flatMap(ETags::of));
  }
}

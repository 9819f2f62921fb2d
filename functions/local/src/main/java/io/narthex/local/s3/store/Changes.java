package io.narthex.local.s3.store;

import io.narthex.local.s3.event.ObjectEvent;
import io.narthex.local.s3.event.ObjectEventListener;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Makes changes of keys, each under the lock of its key: intent, change, event, intent removed. If
 * the process stops after the intent, {@link #recover} completes the change at the next start and
 * gives an event for the key.
 */
final class Changes {
  private final DataDirectory data;
  private final Buckets buckets;
  private final Sequence sequence;
  private final Intents intents;
  private final ObjectEventListener listener;
  private final Clock clock;

  Changes(DataDirectory data, Buckets buckets, ObjectEventListener listener, Clock clock) {
    this.data = data;
    this.buckets = buckets;
    this.sequence = new Sequence(data.sequence());
    this.intents = new Intents(data.intents(), sequence);
    this.listener = listener;
    this.clock = clock;
  }

  /** Something that changes a key, step by step. */
  interface Change {
    void apply() throws IOException;
  }

  /**
   * Runs a change. The event says what is on disk afterwards where it names an object. A change
   * that refuses has changed nothing; one that fails otherwise leaves its intent for the next
   * start.
   */
  void run(ObjectName name, ObjectEventName event, Optional<String> versionId, Change change)
      throws IOException {
    Intent intent = intents.begin(name);
    try {
      change.apply();
    } catch (S3Refusal refusal) {
      intent.done();
      throw refusal;
    }
    listener.onEvent(describe(name, event, versionId));
    intent.done();
  }

  /** An id for a new version: greater than all before it. */
  String newVersionId() {
    return Intents.hex(sequence.next());
  }

  /**
   * Completes what an earlier process began. Whether the change then reads as made or as never
   * made, the event says only "look at this key", which is right for both.
   */
  void recover() throws IOException {
    for (Intent intent : intents.left()) {
      ObjectName name = intent.name();
      if (buckets.exists(name.bucket())) {
        KeyFiles files = new KeyFiles(data, name);
        if (buckets.isVersioned(name.bucket())) {
          complete(files);
        }
        Optional<Path> current = files.current();
        listener.onEvent(
            describe(
                name,
                current.isPresent() ? ObjectEventName.CREATED_PUT : ObjectEventName.REMOVED_DELETE,
                current.flatMap(Attributes.VERSION::read)));
      }
      intent.done();
    }
  }

  private static void complete(KeyFiles files) throws IOException {
    files.adopt();
    try {
      files.settle();
    } catch (FileSystemException e) {
      // Another key has the place: this one reads as absent, its versions by their ids.
      if (files.hasPlace()) {
        throw e;
      }
    }
  }

  private ObjectEvent describe(ObjectName name, ObjectEventName event, Optional<String> versionId)
      throws IOException {
    Optional<Path> written = namesAnObject(event) ? fileOf(name, versionId) : Optional.empty();
    return new ObjectEvent(
        event,
        name.bucket(),
        name.key(),
        versionId,
        written.isPresent() ? Files.size(written.get()) : 0,
        written.flatMap(ETags::of),
        Intents.hex(sequence.next()),
        clock.instant());
  }

  private Optional<Path> fileOf(ObjectName name, Optional<String> versionId) throws IOException {
    KeyFiles files = new KeyFiles(data, name);
    return versionId.isEmpty()
        ? files.current()
        : files.find(versionId.get()).map(VersionFile::file);
  }

  private static boolean namesAnObject(ObjectEventName event) {
    return switch (event) {
      case CREATED_PUT,
          CREATED_COPY,
          CREATED_COMPLETE_MULTIPART_UPLOAD,
          TAGGING_PUT,
          TAGGING_DELETE ->
          true;
      case REMOVED_DELETE, REMOVED_DELETE_MARKER_CREATED -> false;
    };
  }
}

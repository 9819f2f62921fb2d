package io.narthex.bench.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ListPage;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A state bucket of one process in a directory: its bytes are on disk, its keys in memory. */
final class DirectoryStore implements ObjectStore {
  private final Path directory;
  private final Map<ObjectKey, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong written = new AtomicLong();
  private final LongAdder reads = new LongAdder();
  private final LongAdder writes = new LongAdder();

  DirectoryStore(Path directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /** How often it was asked. */
  long requests() {
    return reads.sum() + writes.sum();
  }

  /** How often something was written or listed, which is what costs more. */
  long writes() {
    return writes.sum();
  }

  /** Bytes of all objects below a prefix. */
  long bytes(String prefix) {
    return objects.values().stream()
        .filter(object -> object.key().value().startsWith(prefix))
        .mapToLong(StoredObject::size)
        .sum();
  }

  /** How many objects there are below a prefix. */
  long objects(String prefix) {
    return objects.keySet().stream().filter(key -> key.value().startsWith(prefix)).count();
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    reads.increment();
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    return head(key)
        .map(object -> new ObjectContent(object, new ByteArrayInputStream(read(object))));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long from, int length) {
    return head(key).map(object -> part(object, from, length));
  }

  private byte[] part(StoredObject object, long from, int length) {
    try (FileChannel file = FileChannel.open(file(object.version()))) {
      ByteBuffer part =
          ByteBuffer.allocate((int) Math.clamp(object.size() - from, 0, (long) length));
      while (part.hasRemaining() && file.read(part, from + part.position()) >= 0) {
        // There is more of it.
      }
      return part.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(StoredObject object) {
    try {
      return Files.readAllBytes(file(object.version()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(VersionId version) {
    return directory.resolve(version.value());
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, NewObject object) {
    writes.increment();
    StoredObject stored = write(key, object);
    return objects.putIfAbsent(key, stored) == null
        ? new PutResult.Stored(stored.version(), stored.etag())
        : new PutResult.PreconditionFailed();
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ETag expected, NewObject object) {
    writes.increment();
    StoredObject present = objects.get(key);
    if (present == null || !present.etag().equals(expected)) {
      return new PutResult.PreconditionFailed();
    }
    StoredObject stored = write(key, object);
    return objects.replace(key, present, stored)
        ? new PutResult.Stored(stored.version(), stored.etag())
        : new PutResult.PreconditionFailed();
  }

  private StoredObject write(ObjectKey key, NewObject object) {
    var version = new VersionId("v" + written.incrementAndGet());
    byte[] bytes = object.bytes();
    try {
      Files.write(file(version), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StoredObject(
        key,
        version,
        new ETag(version.value()),
        bytes.length,
        Instant.EPOCH,
        Optional.of(object.contentType()),
        Optional.empty());
  }

  @Override
  public void delete(ObjectKey key) {
    objects.remove(key);
  }

  @Override
  public ListPage list(String prefix, Optional<ObjectKey> startAfter, int max) {
    writes.increment();
    var entries =
        objects.values().stream()
            .filter(object -> object.key().value().startsWith(prefix))
            .filter(object -> startAfter.isEmpty() || object.key().compareTo(startAfter.get()) > 0)
            .limit(Math.min(max, MAX_PAGE))
            .map(object -> new ListPage.Entry(object.key(), object.size(), object.lastModified()))
            .toList();
    return new ListPage(entries, entries.size() == Math.min(max, MAX_PAGE));
  }
}

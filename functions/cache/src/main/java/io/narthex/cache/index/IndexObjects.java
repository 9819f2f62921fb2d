package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import java.util.Optional;

/**
 * The objects of the index, read and swapped. An object that cannot be read as ours is a failure of
 * the store: nothing is written over it but by a rebuild, which writes elsewhere.
 */
final class IndexObjects {
  /** Nothing that is read whole may be larger: a set of this size is of thousands of millions. */
  private static final long MAX_SIZE = ShardCodec.MAX_SIZE;

  private final ObjectStore state;

  IndexObjects(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** An object as it was read: what a swap compares. */
  record Stored<T>(T value, Optional<ETag> etag) {
    Stored {
      requireNonNull(value, "value is null");
      requireNonNull(etag, "etag is null");
    }
  }

  /** The manifest; an empty one if there is none. */
  Stored<Manifest> manifest() {
    return read(IndexKeys.manifest(), ManifestJson::read, Manifest.EMPTY);
  }

  /** A shard; one without entries, of revision -1 so to say, if it was never written. */
  Stored<Optional<Shard>> shard(Generation generation, Slice slice) {
    return read(
        generation.shardKey(slice),
        bytes -> Optional.of(ShardCodec.read(bytes, slice)),
        Optional.empty());
  }

  /** A shard of a generation that was built, so that every shard is there. */
  Shard shardOf(Generation built, Slice slice) {
    return shard(built, slice).value().orElseThrow(() -> gone(built, slice));
  }

  /** The failure that a missing shard of such a generation is. */
  static StoreException gone(Generation built, Slice slice) {
    return new DamagedIndexException(built.shardKey(slice) + " has gone: rebuild the index");
  }

  /** A shard as it is stored; empty if it was never written. */
  Optional<byte[]> stored(Generation generation, Slice slice) {
    return read(generation.shardKey(slice), Optional::of, Optional.<byte[]>empty()).value();
  }

  /** A set; one without any segment if it was never written. */
  Stored<CompactSet> set(Generation generation, Slice slice) {
    return read(
        generation.setKey(slice),
        bytes -> CompactSet.read(bytes, slice, generation.depth()),
        CompactSet.empty(slice, generation.depth()));
  }

  /** The statistics; empty if there are none. */
  Optional<StoredStatistics> statistics(Generation generation) {
    return read(
            generation.statisticsKey(),
            bytes -> Optional.of(StoredStatistics.read(bytes)),
            Optional.<StoredStatistics>empty())
        .value();
  }

  /** Whether the manifest was still what was read, and is this now. */
  boolean swap(Stored<?> read, Manifest manifest) {
    return swap(
        IndexKeys.manifest(), read, NewObject.of(ManifestJson.write(manifest), "application/json"));
  }

  /** The same for a shard. */
  boolean swap(Generation generation, Stored<?> read, Shard shard) {
    return swap(
        generation.shardKey(shard.slice()),
        read,
        NewObject.of(ShardCodec.write(shard), ShardCodec.CONTENT_TYPE));
  }

  /** The same for a set. */
  boolean swap(Generation generation, Stored<?> read, CompactSet set) {
    return swap(
        generation.setKey(set.slice()), read, NewObject.of(set.write(), CompactSet.CONTENT_TYPE));
  }

  private boolean swap(ObjectKey key, Stored<?> read, NewObject object) {
    PutResult result =
        read.etag()
            .map(etag -> state.putIfMatch(key, etag, object))
            .orElseGet(() -> state.putIfAbsent(key, object));
    return switch (result) {
      case PutResult.Stored _ -> true;
      case PutResult.PreconditionFailed _ -> false;
    };
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(byte[] bytes) throws MalformedIndexException, MalformedJsonException;
  }

  private <T> Stored<T> read(ObjectKey key, Reader<T> reader, T absent) {
    Optional<ObjectContent> found = state.open(key);
    if (found.isEmpty()) {
      return new Stored<>(absent, Optional.empty());
    }
    try (ObjectContent content = found.get()) {
      return new Stored<>(reader.read(bytes(content)), Optional.of(content.object().etag()));
    } catch (MalformedIndexException | MalformedJsonException e) {
      throw new DamagedIndexException("reading " + key, e);
    }
  }

  /** All bytes of an object, unless it is larger than any of the index. */
  static byte[] bytes(ObjectContent content) throws MalformedIndexException {
    if (content.object().size() > MAX_SIZE) {
      throw new MalformedIndexException(
          "%,d bytes are too many".formatted(content.object().size()));
    }
    return content.readAll();
  }
}

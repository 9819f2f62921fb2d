package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the pieces of a rebuild are, one object a piece: {@code {"done": true, "paths": 16123}}.
 * It is there from before the first path of the piece is looked at: a writer who does not find it
 * may rely on the builder to see what it has seen.
 */
final class Pieces {
  private final ObjectStore state;

  /** What was begun is never undone. */
  private final Set<ObjectKey> begun = ConcurrentHashMap.newKeySet();

  Pieces(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** How far a piece is, as it was read. */
  record Progress(boolean isDone, long paths, ETag etag) {
    Progress {
      requireNonNull(etag, "etag is null");
    }
  }

  /** Whether somebody has begun to build it. */
  boolean isBegun(Generation generation, Slice piece) {
    ObjectKey key = generation.pieceKey(piece);
    if (begun.contains(key)) {
      return true;
    }
    boolean isThere = state.head(key).isPresent();
    if (isThere) {
      begun.add(key);
    }
    return isThere;
  }

  /** Says that it is begun, if nobody has; if we stop after it, whoever comes next does it all. */
  Progress begin(Generation generation, Slice piece) {
    ObjectKey key = generation.pieceKey(piece);
    state.putIfAbsent(key, object(false, 0));
    return read(key).orElseThrow(() -> new StoreException(key + " has gone"));
  }

  /**
   * Says that all of it was written. Another one who built the same piece may have said so before.
   */
  void end(Generation generation, Slice piece, Progress begun, long paths) {
    ObjectKey key = generation.pieceKey(piece);
    switch (state.putIfMatch(key, begun.etag(), object(true, paths))) {
      case PutResult.Stored _ -> {}
      case PutResult.PreconditionFailed _ -> {
        if (read(key).filter(Progress::isDone).isEmpty()) {
          throw new StoreException(key + " could not be written");
        }
      }
    }
  }

  /** How far it is; empty if it was not begun. */
  Optional<Progress> read(Generation generation, Slice piece) {
    return read(generation.pieceKey(piece));
  }

  private Optional<Progress> read(ObjectKey key) {
    return state.open(key).map(Pieces::read);
  }

  private static Progress read(ObjectContent content) {
    try (content) {
      JsonDocument json = JsonDocument.parse(content.readAll());
      return new Progress(json.flag("done"), json.number("paths"), content.object().etag());
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  private static NewObject object(boolean isDone, long paths) {
    ObjectNode json = JsonDocument.object();
    json.put("done", isDone);
    json.put("paths", paths);
    return NewObject.of(JsonDocument.write(json), "application/json");
  }
}

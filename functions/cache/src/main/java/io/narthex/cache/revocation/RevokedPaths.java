package io.narthex.cache.revocation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * The revoked store paths: one object each in the state bucket. It holds for all that was or will
 * be uploaded under that hash, and takes effect when the path is looked at: whoever writes here
 * must have it looked at next.
 */
public final class RevokedPaths {
  private final ObjectStore state;

  public RevokedPaths(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** The revocation of a path; empty if it is not revoked. */
  public Optional<Revocation> of(StorePathHash hash) {
    return state.open(StateKeys.revocation(hash)).map(RevokedPaths::read);
  }

  /**
   * Revokes a path; the first reason stays. If we stop right after it, the path is readable until
   * it is looked at for another cause.
   *
   * @return false if it was revoked already
   */
  public boolean revoke(StorePathHash hash, Revocation revocation) {
    ObjectNode json = RevocationJson.write(revocation);
    NewObject object = NewObject.of(JsonDocument.write(json), "application/json");
    return switch (state.putIfAbsent(StateKeys.revocation(hash), object)) {
      case PutResult.Stored stored -> true;
      case PutResult.PreconditionFailed failed -> false;
    };
  }

  /** Takes a revocation back. If we stop right after it, the path stays hidden until a look. */
  public void restore(StorePathHash hash) {
    state.delete(StateKeys.revocation(hash));
  }

  private static Revocation read(ObjectContent content) {
    try (content) {
      return RevocationJson.read(JsonDocument.parse(content.readAll()));
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }
}

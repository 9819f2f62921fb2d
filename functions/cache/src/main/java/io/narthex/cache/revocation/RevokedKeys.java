package io.narthex.cache.revocation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.NewObject;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.cache.store.PutResult;
import io.narthex.cache.store.StoreException;
import io.narthex.nix.signature.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The revoked public keys: one object in the state bucket. Settings do not trust them, whoever puts
 * them there; what they vouched for falls out of view when everything is looked at again, as after
 * any change of settings.
 */
public final class RevokedKeys {
  private static final int MAX_TRIES = 10;

  private final ObjectStore state;

  public RevokedKeys(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  /** A key and why it is trusted no more. */
  public record RevokedKey(PublicKey key, Revocation revocation) {
    public RevokedKey {
      requireNonNull(key, "key is null");
      requireNonNull(revocation, "revocation is null");
    }

    /** Whether this is that key, by whatever name. */
    private boolean is(PublicKey other) {
      return key.key().equals(other.key());
    }
  }

  /** All of them. */
  public List<RevokedKey> all() {
    return read().map(Stored::keys).orElseGet(List::of);
  }

  /**
   * Revokes a key; the first reason stays. If we stop right after it, readers see what it vouched
   * for until everything has been looked at again.
   *
   * @return false if it was revoked already
   */
  public boolean revoke(PublicKey key, Revocation revocation) {
    var revoked = new RevokedKey(key, revocation);
    return change(
        keys ->
            keys.stream().anyMatch(k -> k.is(key))
                ? keys
                : Stream.concat(keys.stream(), Stream.of(revoked)).toList());
  }

  /**
   * Takes a revocation back.
   *
   * @return false if that key was not revoked
   */
  public boolean restore(PublicKey key) {
    return change(keys -> keys.stream().filter(k -> !k.is(key)).toList());
  }

  private interface Change {
    List<RevokedKey> of(List<RevokedKey> keys);
  }

  private boolean change(Change change) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Stored> stored = read();
      List<RevokedKey> before = stored.map(Stored::keys).orElseGet(List::of);
      List<RevokedKey> after = change.of(before);
      if (after.equals(before)) {
        return false;
      }
      if (write(stored, after) instanceof PutResult.Stored) {
        return true;
      }
    }
    throw new StoreException(StateKeys.revokedKeys() + " keeps changing");
  }

  private PutResult write(Optional<Stored> stored, List<RevokedKey> keys) {
    ObjectNode json = JsonDocument.object();
    var array = json.putArray("keys");
    keys.forEach(
        k -> array.add(RevocationJson.write(k.revocation()).put("key", k.key().toString())));
    NewObject object = NewObject.of(JsonDocument.write(json), "application/json");
    return stored
        .map(s -> state.putIfMatch(StateKeys.revokedKeys(), s.etag(), object))
        .orElseGet(() -> state.putIfAbsent(StateKeys.revokedKeys(), object));
  }

  private record Stored(List<RevokedKey> keys, ETag etag) {}

  private Optional<Stored> read() {
    return state.open(StateKeys.revokedKeys()).map(RevokedKeys::read);
  }

  private static Stored read(ObjectContent content) {
    try (content) {
      return new Stored(
          JsonDocument.parse(content.readAll()).objects("keys", RevokedKeys::key),
          content.object().etag());
    } catch (MalformedJsonException e) {
      throw new StoreException("reading " + content.object().key(), e);
    }
  }

  private static RevokedKey key(JsonDocument json) throws MalformedJsonException {
    return new RevokedKey(json.text("key", PublicKey::parse), RevocationJson.read(json));
  }
}

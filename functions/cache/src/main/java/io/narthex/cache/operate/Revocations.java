package io.narthex.cache.operate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Messages;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.revocation.Revocation;
import io.narthex.cache.revocation.RevokedKeys;
import io.narthex.cache.revocation.RevokedPaths;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;
import java.time.Clock;
import java.util.List;

/**
 * Takes store paths and public keys back, and gives them back. A path is looked at right after; a
 * key changes the settings in force, so that the sweep has everything looked at.
 */
public final class Revocations {
  private final RevokedPaths paths;
  private final RevokedKeys keys;
  private final Messages messages;
  private final Clock clock;

  /** Kept in the state bucket; {@code messages} reach the verifying function. */
  public Revocations(ObjectStore state, Messages messages, Clock clock) {
    this.paths = new RevokedPaths(state);
    this.keys = new RevokedKeys(state);
    this.messages = requireNonNull(messages, "messages is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Revokes a path. If we stop between the two writes it is hidden when it is looked at for another
   * cause; saying it again has it looked at again.
   *
   * @param reason for people, 1 to 1000 characters
   * @return false if it was revoked already; the first reason stays
   */
  public boolean revoke(StorePathHash hash, String reason) {
    boolean isNew = paths.revoke(hash, new Revocation(reason, clock.instant()));
    lookAt(hash);
    return isNew;
  }

  /**
   * Revokes a key.
   *
   * @param reason for people, 1 to 1000 characters
   * @return false if it was revoked already; the first reason stays
   */
  public boolean revoke(PublicKey key, String reason) {
    return keys.revoke(key, new Revocation(reason, clock.instant()));
  }

  /**
   * Takes the revocation of a path back.
   *
   * @return false if it was not revoked
   */
  public boolean restore(StorePathHash hash) {
    boolean wasRevoked = paths.of(hash).isPresent();
    paths.restore(hash);
    lookAt(hash);
    return wasRevoked;
  }

  /**
   * Takes the revocation of a key back.
   *
   * @return false if it was not revoked
   */
  public boolean restore(PublicKey key) {
    return keys.restore(key);
  }

  private void lookAt(StorePathHash hash) {
    messages.lookAt(List.of(new NarInfoPath(hash).key()));
  }
}

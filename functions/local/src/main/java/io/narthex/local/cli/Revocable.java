package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;

/** What can be taken back. */
sealed interface Revocable {
  /** All that was or will be uploaded under one hash. */
  record OfPath(StorePathHash hash) implements Revocable {
    public OfPath {
      requireNonNull(hash, "hash is null");
    }
  }

  /** A key, by whatever name. */
  record OfKey(PublicKey key) implements Revocable {
    public OfKey {
      requireNonNull(key, "key is null");
    }
  }

  /** As people give it: a store path or its hash part, or a public key as {@code NAME:BASE64}. */
  static Revocable parse(String text) {
    if (!text.contains(":") || text.startsWith("/")) {
      return new OfPath(StorePathArgument.hash(text));
    }
    try {
      return new OfKey(PublicKey.parse(text));
    } catch (IllegalArgumentException e) {
      throw new CannotException("not a public key: " + e.getMessage());
    }
  }
}

package io.narthex.local.cli;

import io.narthex.nix.path.StorePathHash;

/** A store path as people give it: whole, by its base name, or by its hash part. */
final class StorePathArgument {
  private StorePathArgument() {}

  static StorePathHash hash(String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    String hash =
        base.length() > StorePathHash.LENGTH ? base.substring(0, StorePathHash.LENGTH) : base;
    if (!StorePathHash.isValid(hash)) {
      throw new CannotException("not a store path or its hash: " + path);
    }
    return new StorePathHash(hash);
  }
}

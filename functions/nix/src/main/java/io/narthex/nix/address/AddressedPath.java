package io.narthex.nix.address;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;

/** What store path a content address leads to, if Nix allows it at all. */
public sealed interface AddressedPath {
  /** The one path of this content. */
  record Path(StorePath storePath) implements AddressedPath {
    public Path {
      requireNonNull(storePath, "storePath is null");
    }
  }

  /** Nix makes no such path; the reason is fit for users. */
  record Refused(String reason) implements AddressedPath {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }
}

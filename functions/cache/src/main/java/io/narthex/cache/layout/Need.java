package io.narthex.cache.layout;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;

/** The one thing that a waiting object waits for. */
public sealed interface Need {
  /** A NAR that has not arrived. */
  record ForNar(CachePath.NarPath nar) implements Need {
    public ForNar {
      requireNonNull(nar, "nar is null");
    }

    @Override
    public String toString() {
      return "for " + nar.key();
    }
  }

  /** A store path that is not admitted: a reference, or the output of a realisation. */
  record ForPath(StorePath path) implements Need {
    public ForPath {
      requireNonNull(path, "path is null");
    }

    @Override
    public String toString() {
      return "for reference " + path;
    }
  }

  /** A signature on the waiting narinfo itself. */
  record ForSignature(StorePathHash hash) implements Need {
    public ForSignature {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return "for a trusted signature";
    }
  }

  /** What somebody who has more time has read of the NAR of the waiting narinfo. */
  record ForAudit(StorePathHash hash) implements Need {
    public ForAudit {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return "for an audit of its NAR";
    }
  }
}

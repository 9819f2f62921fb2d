package io.narthex.cache.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.address.ContentAddress;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;

/**
 * Which hash the content address of a narinfo is: narinfos of one NAR that claim the same kind need
 * it computed once.
 */
public sealed interface ContentClaim {
  /** What a narinfo claims. */
  static ContentClaim of(NarInfo narInfo) {
    boolean self = narInfo.references().contains(narInfo.storePath());
    return narInfo
        .ca()
        .<ContentClaim>map(
            ca ->
                switch (ca) {
                  case ContentAddress.Text(var hash) -> new OfFile(hash.algorithm());
                  case ContentAddress.Flat(var hash) -> new OfFile(hash.algorithm());
                  case ContentAddress.Recursive(var hash) when self ->
                      new OfNarModuloSelf(hash.algorithm(), narInfo.storePath().hash());
                  case ContentAddress.Recursive(var hash) -> new OfNar(hash.algorithm());
                  case ContentAddress.Git git -> new None();
                })
        .orElseGet(None::new);
  }

  /** Nothing that we compute. */
  record None() implements ContentClaim {}

  /** The hash of the NAR. */
  record OfNar(HashAlgorithm algorithm) implements ContentClaim {
    public OfNar {
      requireNonNull(algorithm, "algorithm is null");
    }
  }

  /** The hash of the NAR without its own name in it. */
  record OfNarModuloSelf(HashAlgorithm algorithm, StorePathHash self) implements ContentClaim {
    public OfNarModuloSelf {
      requireNonNull(algorithm, "algorithm is null");
      requireNonNull(self, "self is null");
    }
  }

  /** The hash of the one file that the archive holds. */
  record OfFile(HashAlgorithm algorithm) implements ContentClaim {
    public OfFile {
      requireNonNull(algorithm, "algorithm is null");
    }
  }
}

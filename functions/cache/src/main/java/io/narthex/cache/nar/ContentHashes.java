package io.narthex.cache.nar;

import io.narthex.cache.nar.ArchiveFacts.ContentHash;
import io.narthex.nix.address.HashModulo;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.nar.LinkTarget;
import io.narthex.nix.nar.NarHandler;
import io.narthex.nix.nar.NarListeners;
import io.narthex.nix.narinfo.NarInfo;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** The hashes that a claimed content address may say, computed while the NAR streams by. */
public sealed interface ContentHashes {
  /** Who must listen to the pass. */
  NarListeners listeners();

  /**
   * The hashes, once the whole archive was heard; none if the claim does not fit such an archive.
   */
  List<ContentHash> result(Hash narHash);

  /** What is to be computed for a narinfo. */
  static ContentHashes of(NarInfo narInfo) {
    return of(ContentClaim.of(narInfo));
  }

  /** What is to be computed for all narinfos of a NAR that claim the same. */
  static ContentHashes of(ContentClaim claim) {
    return switch (claim) {
      case ContentClaim.None none -> new None();
      case ContentClaim.OfNar(var algorithm) when algorithm == HashAlgorithm.SHA256 -> new OfNar();
      case ContentClaim.OfNar(var algorithm) -> new OfNarBy(algorithm);
      case ContentClaim.OfNarModuloSelf(var algorithm, var self) ->
          new OfNarModuloSelf(new HashModulo(algorithm, self));
      case ContentClaim.OfFile(var algorithm) -> new OfFile(algorithm);
    };
  }

  /** The same, computed for good: they can be asked for more than once. */
  default ContentHashes computed(Hash narHash) {
    return new Computed(result(narHash));
  }

  /** Hashes that have been computed. */
  record Computed(List<ContentHash> hashes) implements ContentHashes {
    public Computed {
      hashes = List.copyOf(hashes);
    }

    @Override
    public NarListeners listeners() {
      return NarListeners.NONE;
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      return hashes;
    }
  }

  /** Nothing that we compute is claimed. */
  record None() implements ContentHashes {
    @Override
    public NarListeners listeners() {
      return NarListeners.NONE;
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      return List.of();
    }
  }

  /** The hash of the NAR, which is computed anyway. */
  record OfNar() implements ContentHashes {
    @Override
    public NarListeners listeners() {
      return NarListeners.NONE;
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      return List.of(new ContentHash(narHash, true));
    }
  }

  /** The hash of the NAR by another algorithm. */
  final class OfNarBy implements ContentHashes {
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;

    OfNarBy(HashAlgorithm algorithm) {
      this.algorithm = algorithm;
      this.digest = algorithm.newDigest();
    }

    @Override
    public NarListeners listeners() {
      return new NarListeners(List.of(), List.of(digest::update));
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      return List.of(new ContentHash(Hash.of(algorithm, digest.digest()), true));
    }
  }

  /** The hash of the NAR without its own name in it: either form that Nix has used. */
  record OfNarModuloSelf(HashModulo modulo) implements ContentHashes {
    @Override
    public NarListeners listeners() {
      return new NarListeners(List.of(), List.of(modulo::feed));
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      Hash without = modulo.withoutOffsets();
      return Stream.concat(
              modulo.withOffsets().map(hash -> new ContentHash(hash, true)).stream(),
              Stream.of(new ContentHash(without, modulo.occurrences() == 0)))
          .distinct()
          .toList();
    }
  }

  /** The hash of the one file that the archive holds. */
  final class OfFile implements ContentHashes, NarHandler {
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private boolean isFile = true;

    OfFile(HashAlgorithm algorithm) {
      this.algorithm = algorithm;
      this.digest = algorithm.newDigest();
    }

    @Override
    public NarListeners listeners() {
      return new NarListeners(List.of(this), List.of());
    }

    @Override
    public List<ContentHash> result(Hash narHash) {
      return isFile
          ? List.of(new ContentHash(Hash.of(algorithm, digest.digest()), true))
          : List.of();
    }

    @Override
    public void startDirectory() {
      isFile = false;
    }

    @Override
    public void symlink(LinkTarget target) {
      isFile = false;
    }

    @Override
    public void contents(byte[] buffer, int offset, int length) {
      digest.update(buffer, offset, length);
    }
  }
}

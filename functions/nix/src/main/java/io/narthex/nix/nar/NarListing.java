package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import java.util.List;
import java.util.Optional;

/**
 * The tree inside an archive with the place of every file's contents: what Nix uploads as {@code
 * <hash>.ls} when {@code write-nar-listing} is set.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libutil/nar-listing.cc">nar-listing.cc
 *     and memory-source-accessor/json.cc in Nix</a>
 */
public record NarListing(NarNode root) {
  public NarListing {
    requireNonNull(root, "root is null");
  }

  /**
   * Reads a {@code .ls} file, as written by any Nix since 2.0: the order of keys is free, an absent
   * {@code executable} is false, unknown keys are passed over.
   *
   * @throws MalformedListingException when it is not such a listing, has a key twice, is deeper
   *     than an archive may be or has more than {@value NarListingBuilder#MAX_ENTRIES} entries
   */
  public static NarListing parse(byte[] json) throws MalformedListingException {
    return new ListingJsonReader(json).read();
  }

  /**
   * The bytes that Nix 2.35 writes: one line, keys sorted, {@code executable} always there, no line
   * feed at the end. Empty when a name or target is not UTF-8: JSON cannot say it, and Nix writes
   * no listing either.
   */
  public Optional<byte[]> toJson() {
    ListingJsonWriter writer = new ListingJsonWriter();
    byte[] json = writer.write(this);
    return writer.isUtf8() ? Optional.of(json) : Optional.empty();
  }

  /**
   * The SHA-256 of the canonical form: of {@link #toJson}, where names that are not UTF-8 stand as
   * their bytes. Equal for equal trees only.
   */
  public Hash sha256() {
    return HashAlgorithm.SHA256.hash(new ListingJsonWriter().write(this));
  }

  /** Whether both describe the same tree at the same offsets, whoever wrote them. */
  public boolean sameTreeAs(NarListing other) {
    return root.equals(other.root);
  }

  /** What lies at this path below the root, symbolic links not followed. */
  public Optional<NarNode> find(List<NarName> path) {
    Optional<NarNode> node = Optional.of(root);
    for (NarName name : path) {
      node =
          node.flatMap(
              parent ->
                  parent instanceof NarNode.Directory directory
                      ? directory.entry(name)
                      : Optional.empty());
    }
    return node;
  }
}

package io.narthex.nix.address;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.text.Excerpt;

/**
 * What the {@code CA} field of a narinfo claims: that the store path follows from the content.
 *
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/store/store-object/content-address">Content-addressing
 *     store objects</a>
 */
public sealed interface ContentAddress {
  /** The hash of the content, over what the kind of address says. */
  Hash hash();

  /** One file by its bytes, which may refer to other paths, e.g. a derivation. */
  record Text(Hash hash) implements ContentAddress {
    public Text {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return TEXT + hash;
    }
  }

  /** One file by its bytes. */
  record Flat(Hash hash) implements ContentAddress {
    public Flat {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return FIXED + hash;
    }
  }

  /** Anything by its NAR; with SHA-256 it may refer to other paths and to itself. */
  record Recursive(Hash hash) implements ContentAddress {
    public Recursive {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return FIXED + RECURSIVE + hash;
    }
  }

  /**
   * Anything by its Git tree or blob; experimental in Nix. The store path can be computed, the
   * content is not compared: we hash no Git objects.
   */
  record Git(Hash hash) implements ContentAddress {
    public Git {
      requireNonNull(hash, "hash is null");
    }

    @Override
    public String toString() {
      return FIXED + GIT + hash;
    }
  }

  /** How a text address begins. */
  String TEXT = "text:";

  /** How every other address begins. */
  String FIXED = "fixed:";

  /** What follows for the hash of a NAR. */
  String RECURSIVE = "r:";

  /** What follows for the hash of a Git object. */
  String GIT = "git:";

  /**
   * Reads {@code text:algo:h}, {@code fixed:algo:h}, {@code fixed:r:algo:h} or {@code
   * fixed:git:algo:h}, the hash in base 16, nix32 or base64.
   *
   * @throws IllegalArgumentException for anything else, also an SRI hash, with a message for users
   */
  static ContentAddress parse(String text) {
    if (text.startsWith(TEXT)) {
      return new Text(hash(text, TEXT));
    }
    if (text.startsWith(FIXED + RECURSIVE)) {
      return new Recursive(hash(text, FIXED + RECURSIVE));
    }
    if (text.startsWith(FIXED + GIT)) {
      return new Git(hash(text, FIXED + GIT));
    }
    if (text.startsWith(FIXED)) {
      return new Flat(hash(text, FIXED));
    }
    throw new IllegalArgumentException("not a content address: " + Excerpt.of(text));
  }

  private static Hash hash(String text, String prefix) {
    int colon = text.indexOf(':', prefix.length());
    if (colon < 0) {
      throw new IllegalArgumentException("content address without algo:hash: " + Excerpt.of(text));
    }
    String label = text.substring(prefix.length(), colon);
    HashAlgorithm algorithm =
        HashAlgorithm.labelled(label)
            .orElseThrow(
                () -> new IllegalArgumentException("unknown hash algorithm " + Excerpt.of(label)));
    return Hash.parse(algorithm, text.substring(colon + 1));
  }
}

package io.narthex.nix.address;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.nix.address.ContentAddress.Flat;
import io.narthex.nix.address.ContentAddress.Git;
import io.narthex.nix.address.ContentAddress.Recursive;
import io.narthex.nix.address.ContentAddress.Text;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;

/**
 * Computes store paths.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/store-path">Complete store path
 *     calculation</a>
 */
public final class StorePaths {
  private static final int DIGEST_SIZE = 20;

  private StorePaths() {}

  /**
   * The store path of an object with this content address. Refused are a text whose hash is not
   * SHA-256 or that refers to itself, a Git hash that is neither SHA-1 nor SHA-256, and references
   * from anything but a text or a SHA-256 of a NAR.
   */
  public static AddressedPath fromContentAddress(
      StoreDir storeDir, StorePathName name, ContentAddress address, StoreReferences references) {
    return switch (address) {
      case Text(Hash hash) -> text(storeDir, name, hash, references);
      case Recursive(Hash hash) when hash.algorithm() == HashAlgorithm.SHA256 ->
          path(storeDir, name, "source" + suffix(storeDir, references), hash);
      case Recursive(Hash hash) ->
          fixedOutput(storeDir, name, ContentAddress.RECURSIVE, hash, references);
      case Flat(Hash hash) -> fixedOutput(storeDir, name, "", hash, references);
      case Git(Hash hash) -> git(storeDir, name, hash, references);
    };
  }

  private static AddressedPath text(
      StoreDir storeDir, StorePathName name, Hash hash, StoreReferences references) {
    if (hash.algorithm() != HashAlgorithm.SHA256) {
      return new AddressedPath.Refused("text is addressed by sha256, not " + hash.algorithm());
    }
    if (references.self()) {
      return new AddressedPath.Refused("text cannot refer to itself");
    }
    return path(storeDir, name, "text" + suffix(storeDir, references), hash);
  }

  private static AddressedPath git(
      StoreDir storeDir, StorePathName name, Hash hash, StoreReferences references) {
    return switch (hash.algorithm()) {
      case SHA1, SHA256 -> fixedOutput(storeDir, name, ContentAddress.GIT, hash, references);
      case MD5, SHA512 ->
          new AddressedPath.Refused("Git addresses by sha1 or sha256, not " + hash.algorithm());
    };
  }

  private static AddressedPath fixedOutput(
      StoreDir storeDir, StorePathName name, String method, Hash hash, StoreReferences refs) {
    if (!refs.isEmpty()) {
      return new AddressedPath.Refused(
          "only text and a sha256 of a NAR may have references, not fixed:"
              + method
              + hash.algorithm());
    }
    String inner = "fixed:out:" + method + hash.algorithm() + ":" + hash.base16() + ":";
    return path(storeDir, name, "output:out", sha256(inner));
  }

  private static String suffix(StoreDir storeDir, StoreReferences references) {
    var suffix = new StringBuilder();
    for (StorePath reference : references.others()) {
      suffix.append(':').append(storeDir.print(reference));
    }
    return suffix.append(references.self() ? ":self" : "").toString();
  }

  private static AddressedPath path(
      StoreDir storeDir, StorePathName name, String type, Hash inner) {
    Hash full = sha256(type + ":sha256:" + inner.base16() + ":" + storeDir + ":" + name);
    var hash = new StorePathHash(Nix32.encode(fold(full.bytes())));
    return new AddressedPath.Path(new StorePath(hash, name));
  }

  private static byte[] fold(byte[] bytes) {
    var folded = new byte[DIGEST_SIZE];
    for (int i = 0; i < bytes.length; i++) {
      folded[i % DIGEST_SIZE] ^= bytes[i];
    }
    return folded;
  }

  private static Hash sha256(String text) {
    return HashAlgorithm.SHA256.hash(text.getBytes(UTF_8));
  }
}

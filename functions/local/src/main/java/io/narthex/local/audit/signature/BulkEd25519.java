package io.narthex.local.audit.signature;

import io.narthex.nix.signature.Ed25519PublicKey;
import io.narthex.nix.signature.Ed25519Signature;
import io.narthex.nix.signature.SignatureVerifier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies many signatures by few keys. Keys have tables of their multiples, so a signature is some
 * 64 additions; the first by a key waits until its table is made. Computes {@code sB - hA} and
 * compares its bytes with R, exactly as libsodium does, so that points outside of the group of
 * prime order have the same answer too.
 *
 * @see <a
 *     href="https://github.com/jedisct1/libsodium/blob/1.0.18/src/libsodium/crypto_sign/ed25519/ref10/open.c">libsodium,
 *     open.c</a>
 */
public final class BulkEd25519 implements SignatureVerifier {
  /** Beyond these, keys have no table of half a megabyte, and the JDK verifies. */
  private static final int MAX_TABLES = 32;

  private final int maxTables;
  private final MultiplesTable base = MultiplesTable.of(CurvePoint.base());
  private final Map<Ed25519PublicKey, KeyTable> tables = new ConcurrentHashMap<>();
  private final SignatureVerifier others = SignatureVerifier.jdk();

  /** Makes the table of the generator. */
  public BulkEd25519() {
    this(MAX_TABLES);
  }

  BulkEd25519(int maxTables) {
    this.maxTables = maxTables;
  }

  @Override
  public boolean verify(Ed25519PublicKey key, byte[] message, Ed25519Signature signature) {
    KeyTable table = tables.get(key);
    if (table == null && tables.size() >= maxTables) {
      return others.verify(key, message, signature);
    }
    if (table == null) {
      table = tables.computeIfAbsent(key, KeyTable::of);
    }
    return signature.isCanonical()
        && table.negatedKey().isPresent()
        && verify(key.bytes(), table.negatedKey().get(), message, signature.bytes());
  }

  private boolean verify(byte[] key, MultiplesTable negatedKey, byte[] message, byte[] signature) {
    byte[] nonce = Arrays.copyOf(signature, CurvePoint.SIZE);
    MessageDigest digest = sha512();
    digest.update(nonce);
    digest.update(key);
    digest.update(message);
    var sum = new PointSum();
    base.addMultiple(
        Scalar.of(Arrays.copyOfRange(signature, CurvePoint.SIZE, signature.length)), sum);
    negatedKey.addMultiple(Scalar.reduced(digest.digest()), sum);
    return Arrays.equals(sum.encode(), nonce);
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  /** What is kept of a key: nothing, if it is no point. */
  private record KeyTable(Optional<MultiplesTable> negatedKey) {
    static KeyTable of(Ed25519PublicKey key) {
      return new KeyTable(
          CurvePoint.decode(key.bytes()).map(CurvePoint::negate).map(MultiplesTable::of));
    }
  }
}

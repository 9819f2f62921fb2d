package io.narthex.nix.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Ed25519 by the JDK, with keys and signatures as plain bytes. */
final class JdkEd25519 {
  /** How many bytes a seed, the secret half of a key, has. */
  static final int SEED_SIZE = 32;

  private static final String ALGORITHM = "Ed25519";

  private JdkEd25519() {}

  static boolean verify(Ed25519PublicKey key, byte[] message, Ed25519Signature signature) {
    if (!signature.isCanonical()) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(publicKey(key));
      verifier.update(message);
      return verifier.verify(signature.bytes());
    } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  static Ed25519Signature sign(byte[] seed, byte[] message) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(privateKey(seed));
      signer.update(message);
      return Ed25519Signature.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  /** A fresh key: the seed, then the public key, as libsodium lays out a secret key. */
  static byte[] generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] both = Arrays.copyOf(seed, SEED_SIZE + Ed25519PublicKey.SIZE);
      System.arraycopy(
          Ed25519PublicKey.ofX509(encoded).bytes(), 0, both, SEED_SIZE, Ed25519PublicKey.SIZE);
      return both;
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  private static java.security.PublicKey publicKey(Ed25519PublicKey key)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key.x509()));
  }

  private static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
  }

  private static IllegalStateException unavailable(GeneralSecurityException cause) {
    return new IllegalStateException("this Java cannot do Ed25519", cause);
  }
}

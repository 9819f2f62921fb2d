package io.narthex.aws.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Key pairs made for a test, their public halves as JSON Web Keys, and what they sign. */
final class SigningKeys {
  private SigningKeys() {}

  /** One key pair by its name. */
  record Key(String id, String alg, KeyPair pair) {
    String jwk() {
      return "{%s,\"kid\":\"%s\",\"use\":\"sig\"}".formatted(parameters(), id);
    }

    /** The public half alone. */
    String parameters() {
      byte[] encoded = pair.getPublic().getEncoded();
      return switch (alg) {
        case "RS256" -> {
          var key = (RSAPublicKey) pair.getPublic();
          yield "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\""
              .formatted(base64(unsigned(key.getModulus(), key.getModulus().bitLength() / 8)));
        }
        case "ES256" -> {
          var point = ((ECPublicKey) pair.getPublic()).getW();
          yield "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\""
              .formatted(
                  base64(unsigned(point.getAffineX(), 32)),
                  base64(unsigned(point.getAffineY(), 32)));
        }
        default ->
            "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\""
                .formatted(
                    base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      };
    }

    /** A token with the header that its issuer gives it. */
    String sign(String payload) {
      return sign("{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(alg, id), payload);
    }

    /** A token with another header. */
    String sign(String header, String payload) {
      String signed = base64(header.getBytes(UTF_8)) + "." + base64(payload.getBytes(UTF_8));
      try {
        var signature = Signature.getInstance(algorithm());
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(US_ASCII));
        return signed + "." + base64(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    private String algorithm() {
      return switch (alg) {
        case "RS256" -> "SHA256withRSA";
        case "ES256" -> "SHA256withECDSAinP1363Format";
        default -> "Ed25519";
      };
    }
  }

  static Key rsa(String id) {
    return rsa(id, 2048);
  }

  static Key rsa(String id, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new Key(id, "RS256", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Key ec(String id) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new Key(id, "ES256", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Key ed25519(String id) {
    try {
      return new Key(id, "EdDSA", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] unsigned(BigInteger number, int length) {
    var bytes = new byte[length];
    byte[] signed = number.toByteArray();
    int skip = Math.max(0, signed.length - length);
    System.arraycopy(signed, skip, bytes, length - (signed.length - skip), signed.length - skip);
    return bytes;
  }
}

package io.narthex.nix.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
  private static final byte[] GROUP_ORDER =
      hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  private static final SignatureVerifier VERIFIER = SignatureVerifier.jdk();

  /** RFC 8032, section 7.1. */
  record Vector(String name, String seed, String publicKey, String message, String signature) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Vector[] vectors() {
    return new Vector[] {
      new Vector(
          "TEST 1",
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
          "",
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
              + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
      new Vector(
          "TEST 2",
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
          "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
              + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
      new Vector(
          "TEST 3",
          "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
          "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
          "af82",
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
              + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    };
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithRfc8032(Vector vector) {
    Ed25519PublicKey key = Ed25519PublicKey.of(hex(vector.publicKey));
    Ed25519Signature signature = Ed25519Signature.of(hex(vector.signature));

    assertThat(JdkEd25519.sign(hex(vector.seed), hex(vector.message))).isEqualTo(signature);
    assertThat(VERIFIER.verify(key, hex(vector.message), signature)).isTrue();
  }

  /** RFC 8410, section 10.1. */
  @Test
  void readsTheX509FormOfAKey() {
    byte[] der =
        hex(
            "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    assertThat(Ed25519PublicKey.ofX509(der))
        .isEqualTo(Ed25519PublicKey.of(Arrays.copyOfRange(der, 12, 44)));
    assertThat(Ed25519PublicKey.ofX509(der).x509()).isEqualTo(der);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        // X25519, a byte too few, and no DER at all.
        "302a300506032b656e032100e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166",
        "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
        "",
      })
  void refusesTheX509FormOfAnythingElse(String der) {
    assertThatThrownBy(() -> Ed25519PublicKey.ofX509(hex(der)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesEveryFlippedBit(Vector vector) {
    Ed25519PublicKey key = Ed25519PublicKey.of(hex(vector.publicKey));
    for (int bit = 0; bit < Ed25519Signature.SIZE * 8; bit += 7) {
      byte[] forged = hex(vector.signature);
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(VERIFIER.verify(key, hex(vector.message), Ed25519Signature.of(forged))).isFalse();
    }
  }

  /** Adding the order of the group to S gives a second signature that a lax verifier accepts. */
  @ParameterizedTest
  @MethodSource("vectors")
  void refusesMalleatedSignatures(Vector vector) {
    byte[] signature = hex(vector.signature);
    byte[] malleated = signature.clone();
    int carry = 0;
    for (int i = 0; i < GROUP_ORDER.length; i++) {
      int sum = Byte.toUnsignedInt(signature[32 + i]) + Byte.toUnsignedInt(GROUP_ORDER[i]) + carry;
      malleated[32 + i] = (byte) sum;
      carry = sum >> 8;
    }

    assertThat(
            VERIFIER.verify(
                Ed25519PublicKey.of(hex(vector.publicKey)),
                hex(vector.message),
                Ed25519Signature.of(malleated)))
        .isFalse();
  }

  /**
   * The owner of a key made it, with a nonce of small order; the equation holds. Number 2 of
   * "Taming the many EdDSAs", of which libsodium takes none but number 3.
   *
   * @see <a href="https://eprint.iacr.org/2020/1244">eprint 2020/1244</a>
   */
  @Test
  void refusesANonceOfSmallOrder() {
    Ed25519PublicKey key =
        Ed25519PublicKey.of(
            hex("f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"));
    byte[] message = hex("aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab");
    Ed25519Signature signature =
        Ed25519Signature.of(
            hex(
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
                    + "8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e"));

    assertThat(VERIFIER.verify(key, message, signature)).isFalse();
  }

  @Test
  void refusesPublicKeysThatAreNotCanonical() {
    assertThatThrownBy(
            () ->
                Ed25519PublicKey.of(
                    hex("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("canonical");
  }

  @Test
  void aKeyThatIsNoPointVerifiesNothing() {
    Vector vector = vectors()[0];
    var noPoint = new byte[Ed25519PublicKey.SIZE];
    noPoint[0] = 2;

    assertThat(
            VERIFIER.verify(
                Ed25519PublicKey.of(noPoint),
                hex(vector.message),
                Ed25519Signature.of(hex(vector.signature))))
        .isFalse();
  }

  @Test
  void aSignatureThatIsNoPointIsFalse() {
    Ed25519PublicKey key = Ed25519PublicKey.of(hex(vectors()[0].publicKey));
    var ones = new byte[Ed25519Signature.SIZE];
    Arrays.fill(ones, (byte) 0xff);

    assertThat(VERIFIER.verify(key, new byte[0], Ed25519Signature.of(ones))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      })
  void refusesPublicKeysOfSmallOrder(String encoded) {
    assertThatThrownBy(() -> Ed25519PublicKey.of(hex(encoded)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("small order");
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}

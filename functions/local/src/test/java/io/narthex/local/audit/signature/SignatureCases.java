package io.narthex.local.audit.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signatures on which verifiers are known to differ, and many plain ones; always the same. */
final class SignatureCases {
  private static final byte[] MESSAGE = "1;/nix/store/a;sha256:b;1;".getBytes(UTF_8);
  private static final int HALF = 32;
  private static final long SEED = 7;

  private SignatureCases() {}

  /**
   * RFC 8032, section 7.1, and the twelve of "Taming the many EdDSAs", from a file: a name, key,
   * message and signature a line.
   *
   * @see <a href="https://eprint.iacr.org/2020/1244">Chalkias, Garillot, Nikolaenko</a>
   */
  static Stream<SignatureCase> published() {
    try (InputStream in = SignatureCases.class.getResourceAsStream("published.txt")) {
      String text = new String(Objects.requireNonNull(in, "published.txt").readAllBytes(), UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .map(words -> new SignatureCase(words[0], words[1], words[2], words[3]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All on which an exact answer matters. */
  static Stream<SignatureCase> edges() {
    return Stream.of(published(), beside(), smallOrder(), mixedOrder(), flippedBits())
        .flatMap(cases -> cases);
  }

  /** S and more than S, R and A in other encodings, keys that are no points. */
  private static Stream<SignatureCase> beside() {
    var cases = new ArrayList<SignatureCase>();
    byte[] key = key(1);
    byte[] good = sign(1, MESSAGE);
    BigInteger s = BigPoint.number(slice(good, HALF));
    for (int times = 0; times < 15; times++) {
      BigInteger more = s.add(BigPoint.ORDER.multiply(BigInteger.valueOf(times)));
      if (more.bitLength() <= 256) {
        cases.add(
            SignatureCase.of(
                "S + " + times + " L", key, MESSAGE, join(slice(good, 0), littleEndian(more))));
      }
    }
    for (BigInteger edge :
        List.of(BigInteger.ZERO, BigPoint.ORDER, BigPoint.ORDER.subtract(BigInteger.ONE))) {
      cases.add(
          SignatureCase.of("S = " + edge, key, MESSAGE, join(slice(good, 0), littleEndian(edge))));
    }
    for (int y = 0; y < 20; y++) {
      for (int sign = 0; sign < 2; sign++) {
        byte[] above = littleEndian(BigPoint.P.add(BigInteger.valueOf(y)));
        above[HALF - 1] |= (byte) (sign << 7);
        cases.add(
            SignatureCase.of(
                "R = p + " + y + ", sign " + sign, key, MESSAGE, join(above, slice(good, HALF))));
        cases.add(SignatureCase.of("A = p + " + y + ", sign " + sign, above, MESSAGE, good));
        byte[] small = littleEndian(BigInteger.valueOf(y));
        small[HALF - 1] |= (byte) (sign << 7);
        cases.add(
            SignatureCase.of(
                "R = " + y + ", sign " + sign, key, MESSAGE, join(small, slice(good, HALF))));
        cases.add(SignatureCase.of("A = " + y + ", sign " + sign, small, MESSAGE, good));
      }
    }
    return cases.stream();
  }

  /** R of small order, made to fit by the owner of the key. */
  private static Stream<SignatureCase> smallOrder() {
    return IntStream.range(0, 8)
        .mapToObj(i -> made("R of small order, " + i, 0, i, BigInteger.ZERO, i));
  }

  /** A and R with parts outside of the group of prime order: one in eight cancels out. */
  private static Stream<SignatureCase> mixedOrder() {
    var random = new Random(SEED);
    return IntStream.range(0, 8 * 8 * 3)
        .mapToObj(
            i ->
                made(
                    "mixed order, A %d, R %d, %d".formatted(i % 8, i / 8 % 8, i / 64),
                    i % 8,
                    i / 8 % 8,
                    new BigInteger(252, random),
                    i));
  }

  private static SignatureCase made(
      String name, int torsionOfKey, int torsionOfNonce, BigInteger r, int message) {
    BigInteger a = new BigInteger(250, new Random(message));
    byte[] text = ("message " + message).getBytes(UTF_8);
    byte[] key = withTorsion(a, torsionOfKey);
    byte[] nonce = withTorsion(r, torsionOfNonce);
    BigInteger h = SignatureCase.challenge(nonce, key, text);
    return SignatureCase.of(
        name, key, text, join(nonce, littleEndian(h.multiply(a).add(r).mod(BigPoint.ORDER))));
  }

  private static byte[] withTorsion(BigInteger factor, int torsion) {
    return BigPoint.BASE
        .times(factor)
        .plus(BigPoint.TORSION.times(BigInteger.valueOf(torsion)))
        .encode();
  }

  private static Stream<SignatureCase> flippedBits() {
    return IntStream.range(0, 320)
        .mapToObj(
            bit -> SignatureCase.of("bit " + bit, key(2), MESSAGE, flipped(sign(2, MESSAGE), bit)));
  }

  /** Good signatures by a few keys, over messages of 0 to 800 bytes. */
  static Stream<SignatureCase> good(int count) {
    var random = new Random(SEED);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var message = new byte[random.nextInt(800)];
              random.nextBytes(message);
              return SignatureCase.of("good " + i, key(i % 5), message, sign(i % 5, message));
            });
  }

  /** The same with one bit of key, message or signature changed. */
  static Stream<SignatureCase> spoilt(int count) {
    var random = new Random(SEED);
    return good(count).filter(one -> !one.message().isEmpty()).map(one -> spoilt(one, random));
  }

  private static SignatureCase spoilt(SignatureCase good, Random random) {
    String name = "spoilt " + good.name();
    byte[] key = good.keyBytes();
    byte[] message = good.messageBytes();
    byte[] signature = good.signatureBytes();
    return switch (random.nextInt(3)) {
      case 0 -> SignatureCase.of(name, flipped(key, random.nextInt(256)), message, signature);
      case 1 ->
          SignatureCase.of(
              name, key, flipped(message, random.nextInt(message.length * 8)), signature);
      default -> SignatureCase.of(name, key, message, flipped(signature, random.nextInt(512)));
    };
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static byte[] seed(int number) {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    new Random(number).nextBytes(seed);
    return seed;
  }

  private static byte[] key(int number) {
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed(number), 0, key, 0);
    return key;
  }

  private static byte[] sign(int number, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed(number), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private static byte[] littleEndian(BigInteger number) {
    return BigPoint.littleEndian(number);
  }

  private static byte[] slice(byte[] signature, int from) {
    return Arrays.copyOfRange(signature, from, from + HALF);
  }

  private static byte[] join(byte[] nonce, byte[] s) {
    return HexFormat.of().parseHex(HexFormat.of().formatHex(nonce) + HexFormat.of().formatHex(s));
  }
}

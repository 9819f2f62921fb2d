package io.narthex.nix.address;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StorePathHash;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashModuloTest {
  private static final String PLAIN = "p96lk7578i5gjqvzjvsrjljx8a0vc0ps";

  /** Overlaps with itself when shifted by one, by eight, and by 31. */
  private static final String ONES = "11111111111111111111111111111111";

  private static final String EIGHTS = "abcd1234abcd1234abcd1234abcd1234";
  private static final String EDGES = "z0000000000000000000000000000000";

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, ONES, EIGHTS, EDGES})
  void agreesWithSearchInTheWholeText(String self) {
    var random = new Random(self.hashCode());
    for (int round = 0; round < 200; round++) {
      String text = text(random, self);
      HashModulo modulo = feed(random, self, text);
      assertThat(modulo.withoutOffsets()).isEqualTo(naive(text, self, false));
      assertThat(modulo.withOffsets()).contains(naive(text, self, true));
    }
  }

  @Test
  void agreesAcrossBuffers() {
    var random = new Random(65536);
    for (int before = 65536 - 40; before < 65536 + 8; before++) {
      String text = "-".repeat(before) + PLAIN + "-".repeat(before) + PLAIN;
      HashModulo modulo = feed(random, PLAIN, text);
      assertThat(modulo.occurrences()).isEqualTo(2);
      assertThat(modulo.withOffsets()).contains(naive(text, PLAIN, true));
    }
  }

  @Test
  void zeroesAndAppendsOffsets() {
    String text = "ab" + PLAIN + "cd" + PLAIN;
    String zeroed = "ab" + "\0".repeat(32) + "cd" + "\0".repeat(32);
    HashModulo modulo = feed(new Random(1), PLAIN, text);

    assertThat(modulo.withoutOffsets()).isEqualTo(sha256(zeroed));
    assertThat(modulo.withOffsets()).contains(sha256(zeroed + "|2|36"));
  }

  @Test
  void isThePlainHashWithoutOccurrences() {
    HashModulo modulo = feed(new Random(2), PLAIN, "abc");

    assertThat(modulo.occurrences()).isZero();
    assertThat(modulo.withoutOffsets()).isEqualTo(sha256("abc"));
    assertThat(modulo.withOffsets()).contains(sha256("abc"));
  }

  @Test
  void goesOnAfterAHashWasAskedFor() {
    var modulo = new HashModulo(HashAlgorithm.SHA256, new StorePathHash(PLAIN));
    byte[] bytes = PLAIN.getBytes(US_ASCII);
    modulo.feed(bytes, 0, 10);
    assertThat(modulo.withOffsets()).contains(sha256(PLAIN.substring(0, 10)));
    modulo.feed(bytes, 10, 22);
    modulo.feed(bytes, 0, 32);

    assertThat(modulo.withOffsets()).contains(sha256("\0".repeat(64) + "|0|32"));
  }

  @Test
  void givesUpOnOffsetsWhenThereAreTooMany() {
    var modulo = new HashModulo(HashAlgorithm.SHA256, new StorePathHash(PLAIN), 2);
    byte[] bytes = PLAIN.getBytes(US_ASCII);
    modulo.feed(bytes, 0, 32);
    modulo.feed(bytes, 0, 32);
    assertThat(modulo.withOffsets()).contains(sha256("\0".repeat(64) + "|0|32"));
    modulo.feed(bytes, 0, 32);

    assertThat(modulo.occurrences()).isEqualTo(3);
    assertThat(modulo.withOffsets()).isEmpty();
    assertThat(modulo.withoutOffsets()).isEqualTo(sha256("\0".repeat(96)));
  }

  private static HashModulo feed(Random random, String self, String text) {
    var modulo = new HashModulo(HashAlgorithm.SHA256, new StorePathHash(self));
    byte[] bytes = text.getBytes(ISO_8859_1);
    int fed = 0;
    while (fed < bytes.length) {
      int length = Math.min(bytes.length - fed, random.nextInt(1 << random.nextInt(17)));
      modulo.feed(bytes, fed, length);
      fed += length;
    }
    return modulo;
  }

  /** Whole occurrences, broken ones, noise and zeros, one after another. */
  private static String text(Random random, String self) {
    var text = new StringBuilder();
    for (int i = random.nextInt(300); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append(self);
        case 1 -> text.append(self, 0, random.nextInt(32));
        case 2 -> text.append(self, random.nextInt(32), 32);
        case 3 -> text.append("\0".repeat(random.nextInt(40)));
        default -> text.append("x".repeat(random.nextInt(2000)));
      }
    }
    return text.toString();
  }

  private static Hash naive(String text, String self, boolean withOffsets) {
    var rewritten = new StringBuilder(text);
    var offsets = new StringBuilder();
    int at = rewritten.indexOf(self);
    while (at >= 0) {
      rewritten.replace(at, at + 32, "\0".repeat(32));
      offsets.append('|').append(at);
      at = rewritten.indexOf(self, at);
    }
    return sha256(withOffsets ? rewritten.append(offsets).toString() : rewritten.toString());
  }

  private static Hash sha256(String text) {
    return HashAlgorithm.SHA256.hash(text.getBytes(ISO_8859_1));
  }
}

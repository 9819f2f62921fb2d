package io.narthex.nix.narinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NarInfoPropertyTest {
  @Test
  void readsBackWhatItWrites() throws MalformedNarInfoException {
    var narInfos = new RandomNarInfos(3);
    for (int i = 0; i < 2_000; i++) {
      NarInfo info = narInfos.next();
      assertThat(NarInfo.parse(info.write())).isEqualTo(info);
      assertThat(NarInfo.parse(info.write().getBytes(UTF_8))).isEqualTo(info);
    }
  }

  /** Whatever the bytes: either the one exception, or a narinfo that writing does not change. */
  @Test
  void survivesMutation() throws MalformedNarInfoException {
    var random = new Random(4);
    var narInfos = new RandomNarInfos(5);
    int accepted = 0;
    for (int i = 0; i < 40_000; i++) {
      accepted += survives(mutated(narInfos.next().write().getBytes(UTF_8), random)) ? 1 : 0;
    }
    assertThat(accepted).isBetween(1_000, 39_000);
  }

  @Test
  void survivesNoise() throws MalformedNarInfoException {
    var random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      assertThat(survives(bytes)).isFalse();
    }
  }

  private static boolean survives(byte[] bytes) throws MalformedNarInfoException {
    Optional<NarInfo> info = parsed(bytes);
    if (info.isPresent()) {
      String written = info.get().write();
      assertThat(NarInfo.parse(written).write()).isEqualTo(written);
      assertThat(NarInfo.parse(written).fingerprint()).isEqualTo(info.get().fingerprint());
      assertThat(info.get().quirks().isEmpty())
          .isIn(false, written.equals(new String(bytes, UTF_8)));
    }
    return info.isPresent();
  }

  private static Optional<NarInfo> parsed(byte[] bytes) {
    try {
      return Optional.of(NarInfo.parse(bytes));
    } catch (MalformedNarInfoException e) {
      return Optional.empty();
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutated = mutatedOnce(mutated, random);
    }
    return mutated;
  }

  private static byte[] mutatedOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(5)) {
      case 0 -> splice(bytes, at, 1, new byte[] {(byte) random.nextInt()});
      case 1 -> splice(bytes, at, length, new byte[0]);
      case 2 -> splice(bytes, at, 0, slice(bytes, random.nextInt(at + 1), length));
      case 3 -> splice(bytes, at, 0, "\n: \r0-".substring(random.nextInt(6)).getBytes(UTF_8));
      default -> swapLines(bytes, random);
    };
  }

  private static byte[] slice(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
  }

  private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
    var spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, at);
    spliced.writeBytes(inserted);
    spliced.write(bytes, at + removed, bytes.length - at - removed);
    return spliced.toByteArray();
  }

  private static byte[] swapLines(byte[] bytes, Random random) {
    String[] lines = new String(bytes, UTF_8).split("\n", -1);
    int one = random.nextInt(lines.length);
    int other = random.nextInt(lines.length);
    String line = lines[one];
    lines[one] = lines[other];
    lines[other] = line;
    return String.join("\n", lines).getBytes(UTF_8);
  }
}

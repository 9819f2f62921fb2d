package io.narthex.nix.nar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarParserPropertyTest {
  private static final String[] FILES = {
    "nar/valid-case.nar", "nar/valid-one-byte.nar", "nar/valid-unnormalized.nar"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nar/valid-case.nar",
        "nar/valid-one-byte.nar",
        "nar/valid-unnormalized.nar",
        "nar/net-tools-1.60.nar"
      })
  void tellsTheSameHoweverTheBytesAreCut(String file) throws MalformedNarException {
    byte[] nar = NarFixtures.read(file);
    EventLog whole = new EventLog();
    NarFixtures.parse(nar, whole);
    Random random = new Random(20261123);
    for (int round = 0; round < 50; round++) {
      assertThat(eventsOfPieces(nar, random, 1 + random.nextInt(1 << random.nextInt(16))))
          .isEqualTo(whole.events());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void onlyItsOwnExceptionEscapesWhateverTheBytes(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] nar = mutated(NarFixtures.read(FILES[random.nextInt(FILES.length)]), random);
      try {
        eventsOfPieces(nar, random, 64);
      } catch (MalformedNarException e) {
        assertThat(e.offset()).isBetween(0L, (long) nar.length);
        assertThat(e.reason()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2_500);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void whatIsAcceptedIsWrittenBackToTheSameBytes(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] nar = mutated(NarFixtures.read(FILES[random.nextInt(FILES.length)]), random);
      try {
        assertThat(NarWriterTest.rewritten(nar)).isEqualTo(nar);
        accepted++;
      } catch (MalformedNarException e) {
        assertThat(e.reason()).isNotBlank();
      }
    }
    assertThat(accepted).isPositive();
  }

  private static byte[] mutated(byte[] nar, Random random) {
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(nar.length);
      nar[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (nar[at] ^ 1);
    }
    return nar;
  }

  private static List<String> eventsOfPieces(byte[] nar, Random random, int largest)
      throws MalformedNarException {
    EventLog log = new EventLog();
    NarParser parser = new NarParser(log);
    int position = 0;
    while (position < nar.length) {
      int count = Math.min(nar.length - position, random.nextInt(largest + 1));
      parser.feed(nar, position, count);
      position += count;
    }
    parser.finish();
    assertThat(parser.offset()).isEqualTo(nar.length);
    return log.events();
  }
}

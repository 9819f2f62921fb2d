package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.cache.store.Tags;
import io.narthex.nix.codec.Compression;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.codec.UnsupportedCompressionException;
import io.narthex.nix.narinfo.MalformedNarInfoException;
import io.narthex.nix.narinfo.NarInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the parser is what the parser reads, and nothing else. */
class PlainNarInfoTest {
  private static final String SAMPLE = "/fixtures/narinfo/cache.nixos.org-sample.txt.zst";
  private static final Instant UPLOADED = Instant.parse("2026-11-29T05:00:00Z");
  private static final String ODD = " \n:=.-?é\0\t0129etouABZ/";

  private static List<String> sample = List.of();

  @BeforeAll
  static void readSample() throws IOException, UnsupportedCompressionException {
    try (InputStream in = PlainNarInfoTest.class.getResourceAsStream(SAMPLE);
        InputStream text = Decoders.open(Compression.ZSTD, requireNonNull(in, SAMPLE))) {
      sample =
          Arrays.stream(new String(text.readAllBytes(), ISO_8859_1).split("\n\n", -1))
              .filter(one -> !one.isBlank())
              .map(one -> one.strip() + "\n")
              .toList();
    }
  }

  private static Optional<Described> plain(String narInfo) {
    return PlainNarInfo.plain(narInfo.getBytes(ISO_8859_1), UPLOADED, Tags.NONE);
  }

  private static Optional<Described> parsed(String narInfo) {
    try {
      return Optional.of(
          Described.of(NarInfo.parse(narInfo.getBytes(ISO_8859_1)), UPLOADED, Tags.NONE));
    } catch (MalformedNarInfoException e) {
      return Optional.empty();
    }
  }

  /** Whether it was read; then it must be what the parser says. */
  private static boolean isPlain(String narInfo) {
    Optional<Described> plain = plain(narInfo);
    if (plain.isPresent()) {
      assertThat(plain).as(narInfo).isEqualTo(parsed(narInfo));
    }
    assertThat(PlainNarInfo.read(narInfo.getBytes(ISO_8859_1), UPLOADED, Tags.NONE))
        .as(narInfo)
        .isEqualTo(parsed(narInfo));
    return plain.isPresent();
  }

  @Test
  void readsWhatNixWritesOfPathsThatAreNotContentAddressed() {
    for (String narInfo : sample) {
      assertThat(isPlain(narInfo)).as(narInfo).isEqualTo(!narInfo.contains("\nCA: "));
    }
    assertThat(sample).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void saysNothingElseOfWhatWasChanged(int changes) {
    var random = new Random(changes);
    int plain = 0;
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(sample.get(random.nextInt(sample.size())));
      for (int j = 0; j < changes; j++) {
        change(text, random);
      }
      plain += isPlain(text.toString()) ? 1 : 0;
    }
    assertThat(plain).isGreaterThan(20);
  }

  private static void change(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    String character = String.valueOf(ODD.charAt(random.nextInt(ODD.length())));
    switch (random.nextInt(4)) {
      case 0 -> text.replace(at, at + 1, character);
      case 1 -> text.insert(at, character);
      case 2 -> text.deleteCharAt(at);
      default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
    }
  }

  @Test
  void saysNothingElseOfLinesThatWereMoved() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      List<String> lines =
          new ArrayList<>(sample.get(random.nextInt(sample.size())).lines().toList());
      int line = random.nextInt(lines.size());
      switch (random.nextInt(4)) {
        case 0 -> lines.add(lines.get(line));
        case 1 -> lines.remove(line);
        case 2 -> lines.add(line, lines.get(line));
        default -> Collections.swap(lines, line, random.nextInt(lines.size()));
      }
      var _ = isPlain(String.join("\n", lines) + "\n");
    }
  }

  @Test
  void saysNothingElseOfWhatEndsEarly() {
    String narInfo = sample.getFirst();
    for (int length = 0; length < narInfo.length(); length++) {
      var _ = isPlain(narInfo.substring(0, length));
    }
  }

  @Test
  void namesSignersSortedAndOnce() {
    String narInfo = sample.getFirst();
    int sig = narInfo.indexOf("Sig: ");
    String signature = narInfo.substring(narInfo.indexOf(':', sig + 5));
    String many =
        narInfo + "Sig: z-1" + signature + "Sig: a-1" + signature + "Sig: z-1" + signature;
    assertThat(plain(many).orElseThrow().signers())
        .containsExactly("a-1", "cache.nixos.org-1", "z-1");
    assertThat(isPlain(many)).isTrue();
  }
}

package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.nix.path.StoreDir;
import io.narthex.nix.path.StorePathHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePathScannerTest {
  private static final String HASH = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr";
  private static final Pattern PATH =
      Pattern.compile(
          "(?=/nix/store/([0-9abcdfghijklmnpqrsvwxyz]{32})-([0-9a-zA-Z+._?=-]{1,211}))");

  @Test
  void findsAPathWithTheNameThatFollows() {
    assertThat(scan("PATH=/nix/store/" + HASH + "-curl-7.82.0-bin/bin:").names())
        .containsExactly(Map.entry(new StorePathHash(HASH), "curl-7.82.0-bin"));
  }

  @Test
  void findsAPathThatEndsTheStream() {
    assertThat(scan("/nix/store/" + HASH + "-x").names()).containsValue("x");
  }

  @Test
  void keepsTheFirstNameOfAHash() {
    assertThat(scan("/nix/store/" + HASH + "-one /nix/store/" + HASH + "-two").names())
        .containsExactly(Map.entry(new StorePathHash(HASH), "one"));
  }

  @Test
  void cutsNamesAtTheirGreatestLength() {
    assertThat(scan("/nix/store/" + HASH + "-" + "n".repeat(300)).names())
        .containsValue("n".repeat(211));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nix/store/HASH",
        "/nix/store/HASH-",
        "/nix/store/HASH-/",
        "/nix/storeHASH-x",
        "/nix/stor/HASH-x",
        "/nix/store/xHASH-x",
        "HASH-x",
        "/nix/store/eHASH-x",
        ""
      })
  void findsNothingElse(String text) {
    assertThat(scan(text.replace("HASH", HASH)).names()).isEmpty();
  }

  @Test
  void findsPathsOfAnotherStoreDir() {
    StorePathScanner scanner = new StorePathScanner(new StoreDir("/gnu/store"), 10);
    byte[] bytes = ("/nix/store/" + HASH + "-a /gnu/store/" + HASH + "-b").getBytes(ISO_8859_1);
    scanner.feed(bytes, 0, bytes.length);
    assertThat(scanner.finish().names()).containsValue("b").hasSize(1);
  }

  @Test
  void saysWhenThereAreMoreThanItKeeps() {
    String other = HASH.replace('s', 'z');
    String both = "/nix/store/" + HASH + "-a /nix/store/" + other + "-b /nix/store/" + HASH + "-c";
    assertThat(scan(both, 2)).isEqualTo(scan(both, 100));
    assertThat(scan(both, 2).complete()).isTrue();
    assertThat(scan(both, 1).complete()).isFalse();
    assertThat(scan(both, 1).names()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsWhatAPatternFindsHoweverTheBytesAreCut(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      String text = randomText(random);
      byte[] bytes = text.getBytes(ISO_8859_1);
      StorePathScanner scanner = new StorePathScanner(StoreDir.DEFAULT, 1_000);
      int position = 0;
      int largest = 1 + random.nextInt(800);
      while (position < bytes.length) {
        int count = Math.min(bytes.length - position, random.nextInt(largest + 1));
        scanner.feed(bytes, position, count);
        position += count;
      }
      assertThat(scanner.finish().names()).isEqualTo(expected(text));
      assertThat(scanner.finish().names().keySet())
          .containsExactlyElementsOf(expected(text).keySet());
    }
  }

  private static Map<StorePathHash, String> expected(String text) {
    Map<StorePathHash, String> names = new LinkedHashMap<>();
    Matcher matcher = PATH.matcher(text);
    while (matcher.find()) {
      names.putIfAbsent(new StorePathHash(matcher.group(1)), matcher.group(2));
    }
    return names;
  }

  /** Pieces of store paths, whole ones, and noise of several densities. */
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(30);
    for (int i = 0; i < pieces; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append("/nix/store/");
        case 1 -> text.append("/nix/store/").append(hash(random)).append("-name").append(i);
        case 2 -> text.append(hash(random));
        case 3 -> text.append("a".repeat(random.nextInt(300)));
        case 4 -> text.append((char) random.nextInt(256));
        default -> text.append("-x e");
      }
    }
    return text.toString();
  }

  private static String hash(Random random) {
    StringBuilder hash = new StringBuilder();
    random.ints(32, 0, 32).forEach(i -> hash.append("0123456789abcdfghijklmnpqrsvwxyz".charAt(i)));
    return hash.toString();
  }

  private static StorePathTexts scan(String text) {
    return scan(text, 100);
  }

  private static StorePathTexts scan(String text, int maxPaths) {
    StorePathScanner scanner = new StorePathScanner(StoreDir.DEFAULT, maxPaths);
    scanner.feed(text.getBytes(ISO_8859_1), 0, text.length());
    return scanner.finish();
  }
}

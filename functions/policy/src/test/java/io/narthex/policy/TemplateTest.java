package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          empty matches empty, "", "", true
          empty matches nothing else, "", a, false
          literal, abc, abc, true
          literal is the whole text, abc, abcd, false
          literal is not a part, bc, abc, false
          case matters, a, A, false
          run matches nothing, a*b, ab, true
          run matches slashes, a*b, a/x/b, true
          run at the end, a*, a, true
          runs in a row, a***b, ab, true
          run takes the latest chance, *ab, aabab, true
          run goes back, a*b*c, abxbyc, true
          run does not skip the end, a*b, abx, false
          one is exactly one, a?c, abc, true
          one is not none, a?c, ac, false
          one is not two, a?c, abbc, false
          one at the end, a?, a, false
          run and one, *?, "", false
          dot is literal, a.c, abc, false
          bracket is literal, [a], a, false
          backslash is literal, a\\*, a\\b, true
          """)
  void matchesWholeTexts(String name, String pattern, String text, boolean expected) {
    assertThat(matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void oneIsOneCodePointNotOneUnit() {
    assertThat(matches("?", "😀")).isTrue();
    assertThat(matches("??", "😀")).isFalse();
  }

  @Test
  void wildcardsSpanLineEnds() {
    assertThat(matches("a*b", "a\r\nb")).isTrue();
    assertThat(matches("a?b", "a\nb")).isTrue();
  }

  @Test
  void agreesWithTheDefinition() {
    Random random = new Random(5);
    int matched = 0;
    for (int i = 0; i < 200_000; i++) {
      String pattern = text(random, "ab*?", 7);
      String text = text(random, "ab", 8);
      boolean expected = byDefinition(pattern, text);
      assertThat(matches(pattern, text)).as("%s on %s", pattern, text).isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isBetween(20_000, 180_000);
  }

  /** Of patterns that take for ever where every run is tried at every place. */
  @Test
  void endsOnHostilePatterns() {
    String text = "a".repeat(20_000);
    for (String pattern :
        new String[] {
          "*a".repeat(5_000) + "b",
          "a*".repeat(5_000) + "b",
          "*".repeat(10_000) + "b",
          "*" + "a".repeat(5_000) + "b",
          "*?".repeat(5_000) + "b"
        }) {
      assertThat(matches(pattern, text)).isFalse();
      assertThat(matches(pattern, text + "b")).isTrue();
    }
  }

  private static boolean matches(String pattern, String text) {
    return TemplateReader.read(pattern, new TemplateReader.Reading(true, false, false))
            .orElseThrow()
            .matches(text, Given.nothingElse(), Truth.FALSE)
        == Truth.TRUE;
  }

  private static String text(Random random, String alphabet, int maxLength) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(maxLength + 1);
    while (text.length() < length) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static boolean byDefinition(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    String rest = pattern.substring(1);
    if (pattern.charAt(0) == '*') {
      return byDefinition(rest, text)
          || (!text.isEmpty() && byDefinition(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
        && byDefinition(rest, text.substring(1));
  }
}

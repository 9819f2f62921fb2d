package io.narthex.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker sends is never put to a regular expression. */
class NoRegularExpressionsTest {
  private static final List<String> FORBIDDEN =
      List.of(
          "java.util.regex",
          ".matches(\"",
          ".split(",
          ".splitWithDelimiters(",
          ".replaceAll(",
          ".replaceFirst(",
          "Scanner");

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void sourceHasNone(Path source) throws IOException {
    String text = Files.readString(source);
    assertThat(FORBIDDEN).noneMatch(text::contains);
  }
}

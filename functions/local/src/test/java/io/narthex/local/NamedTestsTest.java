package io.narthex.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of rules and of threats name tests that are there. */
class NamedTestsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  /** Tests are the methods that nobody needs to see; what helps them is private. */
  private static final Pattern METHOD = Pattern.compile("(?m)^  void (\\w+)\\(");

  private static final String RULES = "policy-rules.md";

  @ParameterizedTest
  @ValueSource(strings = {RULES, "threats.md"})
  void nameNoTestThatIsNotThere(String page) throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named = NAMED.matcher(read(page)).results().toList();
    assertThat(named).isNotEmpty();
    assertThat(named)
        .as(page)
        .allSatisfy(
            name ->
                assertThat(methods(sources.getOrDefault(name.group(1), "")))
                    .as(name.group(1))
                    .contains(name.group(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {RULES, "threats.md"})
  void nameATestInEveryRow(String page) throws IOException {
    List<String> rows =
        read(page)
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .filter(line -> !line.startsWith("| rule |") && !line.startsWith("| threat |"))
            .toList();
    assertThat(rows).isNotEmpty().allMatch(row -> NAMED.matcher(row).find());
  }

  @Test
  void goThroughEverySectionOfTheRules() throws IOException {
    List<String> sections =
        read(RULES)
            .lines()
            .filter(line -> line.startsWith("## 1."))
            .map(l -> l.substring(3, 6))
            .toList();
    assertThat(sections)
        .isEqualTo(IntStream.rangeClosed(1, 9).mapToObj(section -> "1." + section).toList());
  }

  private static String read(String page) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(page));
  }

  private static List<String> methods(String source) {
    return METHOD.matcher(source).results().map(method -> method.group(1)).toList();
  }

  /** The sources of tests, by the name of their class; those of one name are taken together. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("functions"))) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  NamedTestsTest::text,
                  (one, other) -> one + other));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

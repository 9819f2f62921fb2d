package io.narthex.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may depend on whom, by the poms: {@code nix}, {@code policy} ← {@code cache} ← {@code aws} ←
 * functions ← {@code local}. A change here is a change of the design.
 */
class ModuleArrowsTest {
  private static final Path FUNCTIONS = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("<(groupId|artifactId|scope)>([^<]+)<");

  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "nix", Set.of(),
          "policy", Set.of(),
          "cache", Set.of("nix", "policy"),
          "testkit", Set.of("nix", "cache"),
          "aws", Set.of("nix", "cache"),
          "validate", Set.of("nix", "cache", "aws"),
          "serve", Set.of("policy", "cache", "aws"),
          "local", Set.of("nix", "policy", "cache", "aws", "validate", "serve"));

  /** Which groups of libraries a module may use; the others may use what they need. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "nix",
          Set.of(
              "com.github.luben",
              "org.tukaani",
              "at.yawk.lz4",
              "org.apache.commons",
              "org.brotli",
              "com.fasterxml.jackson.core"),
          "policy",
          Set.of("com.fasterxml.jackson.core"),
          "cache",
          Set.of("com.fasterxml.jackson.core"));

  private record Dependency(String group, String artifact, String scope) {
    boolean isOurs() {
      return group.equals("io.narthex");
    }

    boolean isTest() {
      return scope.equals("test");
    }
  }

  @Test
  void arrowsPointOneWay() throws IOException {
    var arrows = new TreeMap<String, Set<String>>();
    for (String module : modules()) {
      var targets = new TreeSet<String>();
      dependencies(module)
          .filter(d -> d.isOurs() && !d.isTest())
          .forEach(d -> targets.add(d.artifact().substring("narthex-".length())));
      arrows.put(module, targets);
    }
    // Benchmarks may use anything, and nothing uses them.
    arrows.remove("bench");
    assertThat(arrows).isEqualTo(ARROWS);
  }

  @Test
  void nothingShippedDependsOnTheTestKit() throws IOException {
    for (String module : modules()) {
      assertThat(dependencies(module))
          .as(module)
          .filteredOn(d -> d.artifact().equals("narthex-testkit"))
          .allMatch(Dependency::isTest);
    }
  }

  @Test
  void librariesAreFreeOfTheCloud() throws IOException {
    for (String module : LIBRARIES.keySet()) {
      Set<String> allowed = LIBRARIES.get(module);
      assertThat(dependencies(module))
          .as(module)
          .filteredOn(d -> !d.isOurs() && !d.isTest())
          .allMatch(d -> allowed.contains(d.group()));
    }
  }

  private static Set<String> modules() throws IOException {
    var modules = new TreeSet<String>();
    try (Stream<Path> folders = Files.list(FUNCTIONS)) {
      folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .forEach(folder -> modules.add(folder.getFileName().toString()));
    }
    return modules;
  }

  private static Stream<Dependency> dependencies(String module) throws IOException {
    String pom = Files.readString(FUNCTIONS.resolve(module).resolve("pom.xml"));
    return DEPENDENCY
        .matcher(pom)
        .results()
        .map(found -> fields(found.group(1)))
        .filter(fields -> !fields.isEmpty())
        .map(
            fields ->
                new Dependency(
                    fields.getOrDefault("groupId", ""),
                    fields.getOrDefault("artifactId", ""),
                    fields.getOrDefault("scope", "compile")));
  }

  private static Map<String, String> fields(String dependency) {
    var fields = new HashMap<String, String>();
    Matcher matcher = FIELD.matcher(dependency);
    while (matcher.find()) {
      fields.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    return fields;
  }
}

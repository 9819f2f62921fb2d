package io.narthex.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Arrows between modules point one way, as {@code docs/modules.md} draws them. */
class ModuleArrowsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Pattern ROW =
      Pattern.compile("\\| `functions/(\\w+)` \\|[^|]*\\| ([^|]*) \\|");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final Set<String> PURE = Set.of("nix", "policy", "cache", "testkit");
  private static final List<String> OF_THE_CLOUD =
      List.of("software.amazon.awssdk", "com.amazonaws", "org.eclipse.jetty", "org.gaul");

  /** One dependency of a pom, scope {@code test} left out. */
  private record Dependency(String group, String artifact) {}

  static Stream<String> modules() throws IOException {
    try (Stream<Path> directories = Files.list(ROOT.resolve("functions"))) {
      return directories
          .filter(directory -> Files.exists(directory.resolve("pom.xml")))
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void dependsOnWhatItMay(String module) throws IOException {
    Set<String> used =
        dependencies(module).stream()
            .filter(dependency -> dependency.group().equals("io.narthex"))
            .map(dependency -> dependency.artifact().replace("narthex-", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented()).containsKey(module);
    assertThat(documented().get(module)).containsAll(used);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void isDrawnWithoutACircle(String module) throws IOException {
    Set<String> reached = new TreeSet<>();
    List<String> next = new ArrayList<>(documented().getOrDefault(module, Set.of()));
    while (!next.isEmpty()) {
      String one = next.removeLast();
      if (reached.add(one)) {
        next.addAll(documented().getOrDefault(one, Set.of()));
      }
    }
    assertThat(reached).doesNotContain(module);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void knowsNothingOfAwsWhereItIsPure(String module) throws IOException {
    List<String> groups = dependencies(module).stream().map(Dependency::group).toList();
    if (PURE.contains(module)) {
      assertThat(groups).doesNotContainAnyElementsOf(OF_THE_CLOUD);
    } else {
      assertThat(groups).isNotEmpty();
    }
  }

  private static Map<String, Set<String>> documented() throws IOException {
    return ROW.matcher(Files.readString(ROOT.resolve("docs/modules.md")))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row ->
                    NAME.matcher(row.group(2))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet())));
  }

  private static List<Dependency> dependencies(String module) throws IOException {
    try {
      Element project =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(ROOT.resolve("functions/" + module + "/pom.xml").toFile())
              .getDocumentElement();
      return children(project, "dependencies")
          .flatMap(all -> children(all, "dependency"))
          .filter(one -> !text(one, "scope").equals("test"))
          .map(one -> new Dependency(text(one, "groupId"), text(one, "artifactId")))
          .toList();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(module, e);
    }
  }

  private static Stream<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
      Node node = parent.getChildNodes().item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found.stream();
  }

  private static String text(Element parent, String name) {
    return children(parent, name).map(Element::getTextContent).findFirst().orElse("");
  }
}

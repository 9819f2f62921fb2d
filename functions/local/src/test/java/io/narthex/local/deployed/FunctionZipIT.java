package io.narthex.local.deployed;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each zip as it was built: all that its function needs, and nothing else. */
final class FunctionZipIT {
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)");
  private static final Pattern OF_TESTS =
      Pattern.compile(".*(junit|assertj|testkit|opentest4j|lambda-java-(events|tests)|-tests).*");

  /** Of the asynchronous clients, which no function makes: lambda-zip.xml leaves their jars out. */
  private static final List<String> NOT_SHIPPED =
      List.of(
          "software/amazon/awssdk/crt/",
          "software/amazon/awssdk/crtcore/",
          "software/amazon/eventstream/");

  @ParameterizedTest
  @EnumSource
  void hasItsHandlerAtTheRoot(DeployedFunction function) throws IOException {
    assertThat(FunctionZip.read(function.zip()).entries())
        .contains(
            new FunctionZip.Entry(
                FunctionZip.ROOT, function.handler().replace('.', '/') + ".class"));
  }

  @ParameterizedTest
  @EnumSource
  void hasNothingButClassesJarsAndItsOwnResources(DeployedFunction function) throws IOException {
    assertThat(FunctionZip.read(function.zip()).entries())
        .filteredOn(entry -> entry.where().equals(FunctionZip.ROOT))
        .extracting(FunctionZip.Entry::name)
        .allMatch(
            name ->
                name.matches(
                    "io/narthex/(.*\\.class|serve/openapi\\.json|validate/sample/sample\\.[a-z0-9]+)"
                        + "|lib/[^/]*\\.jar"));
  }

  // Which of two classes is loaded depends on the order of files in a directory.
  @ParameterizedTest
  @EnumSource
  void hasNoClassTwice(DeployedFunction function) throws IOException {
    Map<String, List<String>> twice =
        FunctionZip.read(function.zip()).places().entrySet().stream()
            .filter(place -> place.getValue().size() > 1)
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(twice).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasNothingOfTests(DeployedFunction function) throws IOException {
    assertThat(FunctionZip.read(function.zip()).jars())
        .isNotEmpty()
        .noneMatch(jar -> OF_TESTS.matcher(jar).matches());
  }

  @ParameterizedTest
  @EnumSource
  void hasNativeLibrariesOfOneArchitectureOnly(DeployedFunction function) throws IOException {
    String platform =
        switch (System.getProperty("narthex.architecture", "")) {
          case "arm64" -> "aarch64";
          case "x86_64" -> "amd64";
          case String other -> throw new IllegalStateException("an architecture: " + other);
        };
    assertThat(FunctionZip.read(function.zip()).entries())
        .extracting(FunctionZip.Entry::name)
        .filteredOn(name -> NATIVE.matcher(name).matches())
        .hasSize(function.hasCodecs() ? 2 : 0)
        .allMatch(name -> name.contains("linux/" + platform + "/"));
  }

  @ParameterizedTest
  @EnumSource
  void hasNoJarThatItsHandlersNeverReach(DeployedFunction function) throws IOException {
    FunctionZip zip = FunctionZip.read(function.zip());
    assertThat(zip.jars()).isSubsetOf(ReachableClasses.from(function.handlersBeside(), zip).jars());
  }

  @ParameterizedTest
  @EnumSource
  void lacksNoClassThatItsHandlerReaches(DeployedFunction function) throws IOException {
    FunctionZip zip = FunctionZip.read(function.zip());
    assertThat(ReachableClasses.from(List.of(function.handler()), zip).missing())
        .filteredOn(name -> NOT_SHIPPED.stream().noneMatch(name::startsWith))
        .isEmpty();
  }
}

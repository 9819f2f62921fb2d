package io.narthex.serve;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.testkit.SampleStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/openapi.json} says what the function does, and all of it. */
class OpenApiTest {
  private static final Path DOCUMENT = Path.of("../../docs/openapi.json");
  private static final Pattern ROUTE = Pattern.compile("\"(/api/v1/[^\"]*)\"");
  private static final ApiWorld WORLD = new ApiWorld();
  private static final Object API = document();

  private static final Map<String, String> QUERIES = Map.of("search", "name=lib");
  private static final Map<String, String> BODIES =
      Map.of(
          "missing",
          "{\"paths\":[\"" + WORLD.program.storePath() + "\",\"" + WORLD.waiting + "\"]}",
          "token",
          "{\"expiresIn\":60}",
          "login",
          login());

  private static Object document() {
    try {
      return Json.parse(Files.readString(DOCUMENT));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String login() {
    return "{\"url\":\"https://sts.eu-west-2.amazonaws.com/?Action=GetCallerIdentity"
        + "&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
        + "AKIAIOSFODNN7EXAMPLE%2F20261101%2Feu-west-2%2Fsts%2Faws4_request"
        + "&X-Amz-Date=20261101T120000Z&X-Amz-Expires=60"
        + "&X-Amz-SignedHeaders=host%3Bx-narthex-audience&X-Amz-Signature="
        + "0123456789abcdef".repeat(4)
        + "\",\"audience\":\"cache.example.org\"}";
  }

  /** One operation of the document. */
  record Operation(String path, String method, Map<String, Object> says) {
    String id() {
      return (String) Json.at(says, "operationId");
    }

    Set<String> statuses() {
      return Json.map(Json.at(says, "responses")).keySet();
    }

    Object schema(String status, String type) {
      return Json.at(says, "responses", status, "content", type, "schema");
    }

    /** The path with something there for each parameter. */
    String address() {
      return path.replace("{path}", WORLD.library.storePath().hash().nix32())
          .replace("{buildId}", SampleStore.BUILD_ID);
    }

    Object ask(String query) {
      return WORLD.ask(method, address(), query, BODIES.getOrDefault(id(), ""));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Operation> operations() {
    return Json.map(Json.at(API, "paths")).entrySet().stream()
        .flatMap(
            path ->
                Json.map(path.getValue()).entrySet().stream()
                    .map(
                        method ->
                            new Operation(
                                path.getKey(),
                                method.getKey().toUpperCase(ROOT),
                                Json.map(method.getValue()))));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperationAnswersWhatItsSchemaSays(Operation operation) {
    Object reply = operation.ask(QUERIES.getOrDefault(operation.id(), ""));
    assertThat(Json.at(reply, "statusCode")).as(reply.toString()).isEqualTo(200L);
    Object body = Json.parse((String) Json.at(reply, "body"));
    assertThat(SchemaCheck.faults(API, operation.schema("200", "application/json"), body))
        .isEmpty();
    assertThat(Json.at(reply, "headers", "Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyRefusalIsOneOfThoseItNames(Operation operation) {
    var statuses = new ArrayList<String>();
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      statuses.add(status(WORLD.ask(method, operation.address(), "", "")));
      statuses.add(status(WORLD.ask(method, operation.address(), "limit=x&a=%zz", "{}")));
    }
    String absent = operation.path().replace("{path}", "0".repeat(32)).replace("{buildId}", "0");
    statuses.add(status(WORLD.ask("GET", absent, "", "")));
    assertThat(operation.statuses()).containsAll(statuses).contains("200", "401", "405");
    assertThat(statuses).contains("405");
  }

  private static String status(Object reply) {
    return Json.at(reply, "statusCode").toString();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyParameterItNamesIsTakenAndNoOther(Operation operation) {
    List<?> parameters = (List<?>) operation.says().getOrDefault("parameters", List.of());
    Set<String> named = new TreeSet<>();
    for (Object parameter : parameters) {
      if (Json.at(parameter, "in").equals("query")) {
        named.add((String) Json.at(parameter, "name"));
      }
    }
    boolean refuses = operation.method().equals("GET") && operation.statuses().contains("400");
    if (refuses) {
      assertThat(status(operation.ask("no-such-parameter=1"))).isEqualTo("400");
    }
    assertThat(named.isEmpty() || refuses).isTrue();
    var query = new ArrayList<String>();
    Map.of("after", WORLD.library.storePath().hash().nix32(), "limit", "1", "name", "lib")
        .forEach((name, value) -> query.add(named.contains(name) ? name + "=" + value : ""));
    query.removeIf(String::isEmpty);
    assertThat(query).hasSize(named.size());
    if (!operation.id().equals("search")) {
      assertThat(status(operation.ask(String.join("&", query)))).isEqualTo("200");
    }
  }

  /** Whatever address of the API the code knows, the document has. */
  @Test
  void thereIsNoOtherRoute() throws IOException {
    Set<String> known = new TreeSet<>();
    for (String module : List.of("cache", "serve")) {
      try (Stream<Path> sources = Files.walk(Path.of("../" + module + "/src/main/java"))) {
        for (Path source : sources.filter(one -> one.toString().endsWith(".java")).toList()) {
          ROUTE
              .matcher(Files.readString(source))
              .results()
              .map((MatchResult route) -> route.group(1))
              .forEach(known::add);
        }
      }
    }
    Set<String> documented = new TreeSet<>();
    operations().forEach(one -> documented.add(one.path().replaceAll("\\{.*", "")));
    assertThat(known).isEqualTo(documented).hasSizeGreaterThan(10);
  }

  @Test
  void whatIsPostedIsWhatItsSchemaSays() {
    List<Operation> posts =
        operations().filter(operation -> operation.method().equals("POST")).toList();
    assertThat(posts).hasSize(BODIES.size());
    for (Operation post : posts) {
      Object schema = Json.at(post.says(), "requestBody", "content", "application/json", "schema");
      assertThat(SchemaCheck.faults(API, schema, Json.parse(BODIES.getOrDefault(post.id(), "{}"))))
          .isEmpty();
    }
  }

  @Test
  void theSchemasRefuseWhatIsNotSo() {
    Object schema = Json.parse("{\"$ref\":\"#/components/schemas/Missing\"}");
    assertThat(faults(schema, "{\"absent\":[],\"waiting\":[],\"rejected\":[]}")).isEmpty();
    assertThat(faults(schema, "{\"absent\":[],\"waiting\":[]}")).hasSize(1);
    assertThat(faults(schema, "{\"absent\":[1],\"waiting\":[],\"rejected\":[]}")).hasSize(1);
    assertThat(faults(schema, "{\"absent\":[],\"waiting\":[],\"rejected\":[],\"x\":1}")).hasSize(1);
  }

  private static List<String> faults(Object schema, String value) {
    return SchemaCheck.faults(API, schema, Json.parse(value));
  }

  @Test
  void isServedAsItIs() throws IOException {
    Object reply = WORLD.ask("GET", "/api/v1/openapi.json", "", "");
    assertThat(Json.at(reply, "body")).isEqualTo(Files.readString(DOCUMENT));
  }
}

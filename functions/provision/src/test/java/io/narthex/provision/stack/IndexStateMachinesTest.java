package io.narthex.provision.stack;

import static io.narthex.provision.stack.Tree.at;
import static io.narthex.provision.stack.Tree.list;
import static io.narthex.provision.stack.Tree.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The state machines of the index, as they are written. That they do what they should is for
 * LocalStack to show.
 */
class IndexStateMachinesTest {
  private static final SampleStack STACK = SampleStack.byDefault();
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-2:111122223333:function:narthex-IndexTaskFunction";

  private static String written(String machine) throws IOException {
    return Files.readString(
        SampleStack.ROOT.resolve(String.valueOf(at(STACK.properties(machine), "DefinitionUri"))));
  }

  private static Map<String, Object> substitutions(String machine) {
    return map(at(STACK.properties(machine), "DefinitionSubstitutions"));
  }

  private static Object definition(String machine) throws IOException {
    String filled =
        SUBSTITUTION
            .matcher(written(machine))
            .replaceAll(match -> String.valueOf(substitutions(machine).get(match.group(1))));
    return new JsonMapper().readValue(filled, Object.class);
  }

  /** All states, those of a map's items among them. */
  private static Stream<Map<String, Object>> states(Object definition) {
    return map(at(definition, "States")).values().stream()
        .map(Tree::map)
        .flatMap(
            state ->
                Stream.concat(
                    Stream.of(state),
                    Optional.ofNullable(state.get("ItemProcessor")).stream()
                        .flatMap(IndexStateMachinesTest::states)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IndexRebuild", "IndexCheck"})
  void areGivenEverySubstitutionAndNoOther(String machine) throws IOException {
    assertThat(
            SUBSTITUTION
                .matcher(written(machine))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet()))
        .isEqualTo(substitutions(machine).keySet());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "IndexRebuild, begin build sort finish expire",
    "IndexCheck, survey check report",
  })
  void takeTheStepsInTheirOrder(String machine, String tasks) throws IOException {
    Object definition = definition(machine);
    var taken = new ArrayList<String>();
    Optional<Object> next = Optional.of(at(definition, "StartAt"));
    while (next.isPresent()) {
      Map<String, Object> state = map(at(definition, "States", String.valueOf(next.get())));
      task(state).ifPresent(taken::add);
      next =
          at(state, "Type").equals("Choice")
              ? Optional.of(at(list(at(state, "Choices")).getFirst(), "Next"))
              : Optional.ofNullable(state.get("Next"));
    }
    assertThat(taken).containsExactly(tasks.split(" ", -1));
  }

  private static Optional<String> task(Map<String, Object> state) {
    return switch (String.valueOf(at(state, "Type"))) {
      case "Task" -> Optional.of(String.valueOf(at(state, "Parameters", "Payload", "task")));
      case "Map" -> Optional.of(String.valueOf(at(state, "ItemSelector", "task")));
      default -> Optional.empty();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"IndexRebuild", "IndexCheck"})
  void tryEachStepAgainAndCallTheOneFunction(String machine) throws IOException {
    List<Map<String, Object>> tasks =
        states(definition(machine)).filter(state -> at(state, "Type").equals("Task")).toList();
    assertThat(tasks)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            task -> {
              assertThat(at(task, "Parameters", "FunctionName")).isEqualTo(FUNCTION);
              assertThat(task).containsEntry("Resource", "arn:aws:states:::lambda:invoke");
              assertThat(at(list(at(task, "Retry")).getFirst(), "ErrorEquals"))
                  .isEqualTo(List.of("States.ALL"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"IndexRebuild", "IndexCheck"})
  void mapDistributedAndAsWideAsTheParameterSays(String machine) throws IOException {
    assertThat(states(definition(machine)).filter(state -> at(state, "Type").equals("Map")))
        .isNotEmpty()
        .allSatisfy(
            state -> {
              assertThat(state).containsEntry("MaxConcurrency", 2);
              assertThat(at(state, "ItemProcessor", "ProcessorConfig", "Mode"))
                  .isEqualTo("DISTRIBUTED");
            });
  }

  /** A check finds what was missed since the last rebuild: it is the day before the next one. */
  @Test
  void checkBeforeTheyRebuild() {
    assertThat(schedule("IndexCheck")).isEqualTo("cron(17 3 ? * SAT *)");
    assertThat(schedule("IndexRebuild")).isEqualTo("cron(17 3 ? * SUN *)");
  }

  private static String schedule(String machine) {
    return String.valueOf(
        at(SampleStack.read("template.yaml"), "Parameters", machine + "Schedule", "Default"));
  }

  @Test
  void areNamedAsTheirRoleNamesThem() {
    assertThat(STACK.properties("IndexRebuild")).containsEntry("Name", "narthex-index-rebuild");
    assertThat(STACK.properties("IndexCheck")).containsEntry("Name", "narthex-index-check");
  }

  @Test
  void waitSixTimesAsLongForAMessageAsItsFunctionMayTake() {
    Object timeout = at(STACK.properties("IndexFunction"), "Timeout");
    assertThat(STACK.properties("IndexQueue"))
        .containsEntry("VisibilityTimeout", 6 * Integer.parseInt(String.valueOf(timeout)));
    assertThat(at(STACK.properties("IndexQueue"), "RedrivePolicy", "deadLetterTargetArn"))
        .isEqualTo("arn:aws:sqs:eu-west-2:111122223333:narthex-DeadLetterQueue");
    assertThat(map(at(STACK.properties("IndexFunction"), "Events", "Looks", "Properties")))
        .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
        .containsKey("MaximumBatchingWindowInSeconds");
  }

  /** Of which there are ten. */
  @Test
  void leaveAnInvocationOfANewAccountToReaders() {
    int verifying = concurrency("ValidateFunction", "Uploads");
    int keeping = concurrency("IndexFunction", "Looks");
    int rebuilding =
        Integer.parseInt(String.valueOf(substitutions("IndexRebuild").get("Concurrency")));
    assertThat(verifying + keeping + rebuilding).isLessThan(10);
  }

  private static int concurrency(String function, String event) {
    return Integer.parseInt(
        String.valueOf(
            at(
                STACK.properties(function),
                "Events",
                event,
                "Properties",
                "ScalingConfig",
                "MaximumConcurrency")));
  }
}

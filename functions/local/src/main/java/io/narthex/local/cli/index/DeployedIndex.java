package io.narthex.local.cli.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.stack.DeployedStack;
import io.narthex.aws.stack.Execution;
import io.narthex.aws.stack.MapItems;
import io.narthex.aws.stack.StackIndex;
import io.narthex.cache.index.Generation;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.index.IndexWiring;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The index of a stack, whose state machines do the work. */
final class DeployedIndex implements WorkedIndex {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String PIECES = "pieces";

  private final DeployedStack stack;
  private final StackIndex index;

  DeployedIndex(DeployedStack stack) {
    this.stack = requireNonNull(stack, "stack is null");
    this.index = stack.index();
  }

  @Override
  public IndexStanding standing() {
    return new IndexStanding(index.manifest(), index.inFlight());
  }

  @Override
  public Supplier<TaskState> begin(Task task) {
    String execution =
        switch (task) {
          case REBUILD -> index.rebuild();
          case CHECK -> index.check(false);
          case REPAIR -> index.check(true);
        };
    return () -> state(task, execution);
  }

  private TaskState state(Task task, String arn) {
    return switch (index.execution(arn)) {
      case Execution.Running _ ->
          index.items(arn).map(DeployedIndex::running).orElse(TaskState.Running.BEGUN);
      case Execution.Succeeded(var output) -> end(task, output);
      case Execution.Failed(var reason) -> new TaskState.Failed(reason);
    };
  }

  private static TaskState running(MapItems items) {
    return new TaskState.Running(PIECES, items.succeeded(), items.total());
  }

  /** As the last states of {@code infra/index-*.asl.json} give it. */
  private static TaskState end(Task task, JsonDocument output) {
    try {
      return switch (task) {
        case REBUILD ->
            new TaskState.Rebuilt(
                Math.toIntExact(output.object("generation", json -> json.number("number"))),
                output.number("paths"));
        case CHECK -> checked(output, false);
        case REPAIR -> checked(output, true);
      };
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the state machine ends with something else", e);
    }
  }

  private static TaskState checked(JsonDocument output, boolean isRepaired)
      throws MalformedJsonException {
    if (!output.has("paths")) {
      return new TaskState.Failed("the index has not been built yet");
    }
    long drift = output.number("drift");
    return new TaskState.Checked(
        output.number("paths"),
        drift,
        Map.of(),
        Collections.emptySortedMap(),
        isRepaired ? drift : 0);
  }

  @Override
  public OptionalLong abandon() {
    return index.abandon(IndexWiring.retries()).stream().mapToLong(Generation::number).findFirst();
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public void close() {
    stack.close();
  }
}

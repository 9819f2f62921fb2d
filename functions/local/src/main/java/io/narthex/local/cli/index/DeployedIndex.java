package io.narthex.local.cli.index;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.stack.DeployedStack;
import io.narthex.aws.stack.Execution;
import io.narthex.aws.stack.MapItems;
import io.narthex.aws.stack.StackIndex;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import java.time.Duration;
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
    return () -> state(execution);
  }

  private TaskState state(String arn) {
    return switch (index.execution(arn)) {
      case Execution.Running _ ->
          index.items(arn).map(DeployedIndex::running).orElse(TaskState.Running.BEGUN);
      case Execution.Succeeded(var output) -> read(output);
      case Execution.Failed(var reason) -> new TaskState.Failed(reason);
    };
  }

  private static TaskState running(MapItems items) {
    return new TaskState.Running(PIECES, items.succeeded(), items.total());
  }

  private static TaskState read(JsonDocument output) {
    try {
      return TaskStateJson.read(output);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the state machine ends with something else", e);
    }
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

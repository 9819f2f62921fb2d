package io.narthex.local.cli.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.index.Manifest;
import io.narthex.cache.json.JsonDocument;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex index rebuild}: makes all of the index anew. */
@Command(
    name = "rebuild",
    description =
        "Makes the index anew, beside the one that is read, or goes on with that where it was left.",
    mixinStandardHelpOptions = true)
final class RebuildIndex implements Callable<Integer> {
  @Mixin private final IndexOption where = new IndexOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    try (WorkedIndex index = where.open()) {
      index.standing().manifest().building().ifPresent(RebuildIndex::sayThatItGoesOn);
      TaskState end = TaskWatch.await(index, Task.REBUILD);
      if (json) {
        System.out.print(new String(JsonDocument.write(TaskStateJson.write(end)), UTF_8));
      }
      return switch (end) {
        case TaskState.Rebuilt rebuilt -> print(rebuilt);
        case TaskState.Failed(var reason) ->
            throw new IllegalStateException(
                reason + "; to go on where it is now: narthex index rebuild");
        case TaskState.Running _, TaskState.Checked _ ->
            throw new IllegalStateException("no end of a rebuild: " + end);
      };
    }
  }

  private static void sayThatItGoesOn(Manifest.Building building) {
    System.err.printf(
        "narthex: goes on with generation %d, begun %s%n",
        building.generation().number(), building.begun());
  }

  private int print(TaskState.Rebuilt rebuilt) {
    if (!json) {
      System.out.printf(
          "generation %d is read now, %d paths%n", rebuilt.generation(), rebuilt.paths());
    }
    return 0;
  }
}

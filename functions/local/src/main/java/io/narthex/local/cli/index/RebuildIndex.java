package io.narthex.local.cli.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.index.Manifest;
import io.narthex.cache.json.JsonDocument;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex index rebuild}: makes all of the index anew. */
@Command(
    name = "rebuild",
    description = {
      "Makes the index anew, beside the one that is read, or goes on with that where it was left.",
      "With --abandon: exit code 0 if a rebuild was given up, 1 if there was none."
    },
    mixinStandardHelpOptions = true)
final class RebuildIndex implements Callable<Integer> {
  @Mixin private final IndexOption where = new IndexOption();

  @Option(
      names = "--abandon",
      description = "Give up the rebuild that was begun; what is read stays as it is.")
  private boolean abandon;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    try (WorkedIndex index = where.open()) {
      if (abandon) {
        return print(index.abandon());
      }
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

  private int print(OptionalLong abandoned) {
    if (json) {
      ObjectNode object = JsonDocument.object();
      abandoned.ifPresent(generation -> object.put("abandoned", generation));
      System.out.print(new String(JsonDocument.write(object), UTF_8));
    } else if (abandoned.isPresent()) {
      System.out.printf("generation %d was given up%n", abandoned.getAsLong());
    } else {
      System.out.println("no rebuild has been begun");
    }
    return abandoned.isPresent() ? 0 : 1;
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

package io.narthex.local.cli.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.JsonDocument;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskStateJson;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex index check}: compares the index with the buckets. */
@Command(
    name = "check",
    description = {
      "Compares the index with the buckets, and prints what differs.",
      "Exit code 0 if nothing does, 1 if something does or did, 2 if that could not be found out."
    },
    mixinStandardHelpOptions = true)
final class CheckIndex implements Callable<Integer> {
  @Mixin private final IndexOption where = new IndexOption();

  @Option(names = "--repair", description = "Have the index say what is so of what differs.")
  private boolean repair;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    try (WorkedIndex index = where.open()) {
      return switch (TaskWatch.await(index, repair ? Task.REPAIR : Task.CHECK)) {
        case TaskState.Checked checked -> print(checked);
        case TaskState.Failed(var reason) -> throw new IllegalStateException(reason);
        case TaskState.Running _, TaskState.Rebuilt _ ->
            throw new IllegalStateException("no end of a check");
      };
    }
  }

  private int print(TaskState.Checked checked) {
    System.out.print(
        json ? new String(JsonDocument.write(TaskStateJson.write(checked)), UTF_8) : text(checked));
    return checked.drifted() == 0 ? 0 : 1;
  }

  private static String text(TaskState.Checked checked) {
    String found =
        checked.found().entrySet().stream()
            .map(one -> "%-8s %s%n".formatted(TaskStateJson.name(one.getValue()), one.getKey()))
            .collect(Collectors.joining());
    long more = checked.drifted() - checked.found().size();
    return found + (more > 0 ? "and %d more%n".formatted(more) : "") + sum(checked);
  }

  private static String sum(TaskState.Checked checked) {
    String kinds =
        checked.drift().entrySet().stream()
            .map(one -> one.getValue() + " " + TaskStateJson.name(one.getKey()))
            .collect(Collectors.joining(", ", ": ", ""));
    return "%d paths compared, %d differ%s%s%n"
        .formatted(
            checked.paths(),
            checked.drifted(),
            checked.drifted() == 0 ? "" : kinds,
            checked.repaired() == 0 ? "" : "; %d repaired".formatted(checked.repaired()));
  }
}

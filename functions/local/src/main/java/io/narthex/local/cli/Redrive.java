package io.narthex.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex redrive}: gives every dead letter another five tries. */
@Command(
    name = "redrive",
    description = "Puts the dead letters back into the queue.",
    mixinStandardHelpOptions = true)
final class Redrive implements Callable<Integer> {
  @Mixin private final OperatedOption where = new OperatedOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (OperatedCache cache = where.open()) {
      Redriven redriven = cache.redrive();
      System.out.println(json ? redriven.json() : redriven.text());
      return 0;
    }
  }
}

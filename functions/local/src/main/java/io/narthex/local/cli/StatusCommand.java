package io.narthex.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex status}: how many paths stand how, and what is still in flight. */
@Command(
    name = "status",
    description = "Says how many paths are verified, waiting, rejected, and what is in flight.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private final OperatedOption where = new OperatedOption();

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "600",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Return when nothing is in flight; exit code 1 if that takes longer.")
  private int wait;

  @Option(
      names = "--reports",
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "With --stack: count by at most so many reports, a request each (default: 1000).")
  private int reports;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (reports < 1) {
      throw new CannotException("--reports counts from 1");
    }
    try (OperatedCache cache = where.open()) {
      long end = System.nanoTime() + wait * 1_000_000_000L;
      while (wait > 0 && cache.inFlight() > 0 && System.nanoTime() < end) {
        Thread.sleep(cache.pause());
      }
      CacheStatus status = cache.status(reports);
      System.out.print(json ? status.json() : status.text());
      return wait > 0 && status.inFlight() > 0 ? 1 : 0;
    }
  }
}

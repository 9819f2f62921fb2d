package io.narthex.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code narthex demo}: a small cache and a tampered copy, uploaded to a running host. */
@Command(
    name = "demo",
    description = "Uploads a small signed cache and a tampered copy, and shows what happens.",
    mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() {
    return new DemoRun(RunningHost.in(data.data()), System.out).run() ? 0 : 1;
  }
}

package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code narthex redrive}: gives every dead letter another five tries. */
@Command(
    name = "redrive",
    description = "Puts the dead letters back into the queue.",
    mixinStandardHelpOptions = true)
final class Redrive implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws MalformedJsonException {
    String answer = RunningHost.in(data.data()).post("/-/redrive");
    long redriven = JsonDocument.parse(answer.getBytes(StandardCharsets.UTF_8)).number("redriven");
    System.out.println(redriven + " redriven");
    return 0;
  }
}

package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
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
  private static final long POLL_MS = 100;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "600",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Return when nothing is in flight; exit code 1 if that takes longer.")
  private int wait;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, MalformedJsonException {
    CacheClient host = RunningHost.in(data.data()).client();
    long end = System.nanoTime() + wait * 1_000_000_000L;
    String status = host.get("/-/status").body();
    while (inFlight(status) > 0 && System.nanoTime() < end) {
      Thread.sleep(POLL_MS);
      status = host.get("/-/status").body();
    }
    System.out.print(json ? status : text(status));
    return wait > 0 && inFlight(status) > 0 ? 1 : 0;
  }

  private static long inFlight(String status) throws MalformedJsonException {
    return document(status).number("inFlight");
  }

  private static String text(String status) throws MalformedJsonException {
    JsonDocument json = document(status);
    return """
        verified      %d
        waiting       %d
        rejected      %d
        in flight     %d
        dead letters  %d
        """
        .formatted(
            json.number("verified"),
            json.number("waiting"),
            json.number("rejected"),
            json.number("inFlight"),
            json.number("deadLetters"));
  }

  private static JsonDocument document(String status) throws MalformedJsonException {
    return JsonDocument.parse(status.getBytes(StandardCharsets.UTF_8));
  }
}

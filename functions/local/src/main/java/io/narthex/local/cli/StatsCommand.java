package io.narthex.local.cli;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.text.ByteText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex stats}: how much there is in a cache. */
@Command(
    name = "stats",
    description =
        "Says how much there is in a cache, as of the last rebuild of its index, to who may list it.",
    mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
  private static final String ADDRESS = "/api/v1/stats";

  @Mixin private final ApiOption where = new ApiOption();

  @Option(names = "--json", description = "Print the answer as it is sent.")
  private boolean json;

  @Override
  public Integer call() {
    CacheClient client = where.client();
    if (json) {
      System.out.print(Question.body(client, ADDRESS));
    } else {
      System.out.print(Question.ask(client, ADDRESS, StatsCommand::text));
    }
    return 0;
  }

  private static String text(JsonDocument json) throws MalformedJsonException {
    var text = new StringBuilder();
    text.append("as of %s%n%n".formatted(json.text("asOf")));
    for (String verdict : json.object("verdicts", JsonDocument::fields)) {
      long count = json.object("verdicts", counts -> counts.number(verdict));
      text.append("%-30s %12d%n".formatted(verdict, count));
    }
    text.append("%n%-30s %12s %12s %12s%n".formatted("verified", "paths", "NARs", "files"));
    text.append(line("all", json));
    for (String by : List.of("compression", "signers", "uploaded")) {
      String lines = json.object(by, StatsCommand::lines);
      text.append(by).append("\n").append(lines);
    }
    return text.toString();
  }

  private static String lines(JsonDocument sums) throws MalformedJsonException {
    var lines = new StringBuilder();
    for (String name : sums.fields()) {
      String line = sums.object(name, sum -> line("  " + name, sum));
      lines.append(line);
    }
    return lines.toString();
  }

  private static String line(String name, JsonDocument sum) throws MalformedJsonException {
    return "%-30s %12d %12s %12s%n"
        .formatted(
            name,
            sum.number("paths"),
            ByteText.of(sum.number("narSize")),
            ByteText.of(sum.number("fileSize")));
  }
}

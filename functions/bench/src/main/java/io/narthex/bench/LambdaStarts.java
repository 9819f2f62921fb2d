package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the functions take under AWS's Runtime Interface Emulator: until they are ready, for the
 * first call, for later ones. The reference is a function that only answers, under the same
 * options: the cost of Lambda's Java runtime itself. S3 is moto's. Sizes of the zips are against
 * their budgets.
 */
final class LambdaStarts implements Benchmark {
  private static final double MICROS = 1e3;
  private static final double MEGABYTE = 1e6;

  private final Path project;

  LambdaStarts(Path project) {
    this.project = project;
  }

  @Override
  public List<Figure> run(int rounds) throws IOException, InterruptedException {
    Bench.progress("acceptance/rie.sh measure " + rounds);
    String script = project.resolve("acceptance/rie.sh").toString();
    String said = Shell.output(script, "measure", Integer.toString(rounds));
    Map<String, Series> functions = new LinkedHashMap<>();
    try {
      for (String line : said.lines().filter(line -> line.startsWith("{")).toList()) {
        JsonDocument round = JsonDocument.parse(line.getBytes(UTF_8));
        functions.computeIfAbsent(round.text("function"), _ -> new Series()).add(round);
      }
    } catch (MalformedJsonException e) {
      throw new IOException(said, e);
    }
    var figures = new ArrayList<Figure>();
    functions.forEach((name, series) -> figures.addAll(series.figures(name)));
    return figures;
  }

  /** The rounds of one function. */
  private static final class Series {
    private static final List<String> TIMES = List.of("init", "first", "warm");

    private final Map<String, Rounds> times = new LinkedHashMap<>();
    private final Rounds zip = new Rounds();

    void add(JsonDocument round) throws MalformedJsonException {
      for (String time : TIMES) {
        times
            .computeIfAbsent(time, _ -> new Rounds())
            .add(milliseconds(round, "ours", time), milliseconds(round, "echo", time));
      }
      zip.add(round.number("zip") / MEGABYTE, round.number("budget") / MEGABYTE);
    }

    private static double milliseconds(JsonDocument round, String function, String time)
        throws MalformedJsonException {
      return round.object(function, times -> times.number(time)) / MICROS;
    }

    List<Figure> figures(String name) {
      var figures = new ArrayList<Figure>();
      times.forEach(
          (time, rounds) ->
              figures.add(
                  rounds.figure(
                      "lambda, %s %s".formatted(name, time),
                      "ms",
                      "a function that only answers")));
      figures.add(zip.figure("lambda, %s zip".formatted(name), "MB", "its budget"));
      return figures;
    }
  }
}

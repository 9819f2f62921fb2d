package io.narthex.bench;

import io.narthex.bench.index.AuditAtScale;
import io.narthex.bench.index.IndexAtScale;
import io.narthex.bench.price.CostPage;
import io.narthex.bench.price.Deployed;
import io.narthex.bench.price.ScalePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs one benchmark by name and prints its figures: a table, or JSON, one object a line; or prints
 * what a deployed cache costs. {@code --megabytes} is the size of the archive that {@code verify}
 * works on, and of the packages that {@code audit} does; {@code --entries} how many paths {@code
 * index}, {@code missing} and {@code quick-audit} have.
 */
final class Bench {
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_MEGABYTES = 300;

  /** The first archive of a function that has just started. */
  private static final int COLD_MEGABYTES = 20;

  /** Enough for a thousand small archives. */
  private static final int SMALL_MEGABYTES = 61;

  private static final int DEFAULT_ENTRIES = 100_000;

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(args));
    boolean json = words.remove("--json");
    int rounds = option(words, "--rounds", DEFAULT_ROUNDS);
    int megabytes = option(words, "--megabytes", DEFAULT_MEGABYTES);
    int entries = option(words, "--entries", DEFAULT_ENTRIES);
    Path project = Path.of(System.getProperty("narthex.project", "."));
    if (words.equals(List.of("cost"))) {
      System.out.print(new CostPage(Deployed.read(project)).text());
      return;
    }
    if (words.equals(List.of("scale"))) {
      System.out.print(new ScalePage(Deployed.read(project)).text());
      return;
    }
    if (words.equals(List.of("index"))) {
      IndexAtScale.run(entries);
      return;
    }
    if (words.equals(List.of("audit-scale"))) {
      AuditAtScale.run(entries);
      return;
    }
    Path verify = project.resolve("functions/bench/target/verify");
    Map<String, Benchmark> all =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("verify", new Verify(verify, megabytes)),
                Map.entry("cold", new Verify(verify, COLD_MEGABYTES)),
                Map.entry("limits", new Limits(new Corpus(verify, SMALL_MEGABYTES))),
                Map.entry("audit", new AuditCaches(project, megabytes)),
                Map.entry(
                    "small-audit", new SmallNars(verify, new Corpus(verify, SMALL_MEGABYTES))),
                Map.entry("small-uploads", new SmallUploads(project)),
                Map.entry("narinfo-http", new NarinfoHttp(project)),
                Map.entry("policy", new PolicyDecisions()),
                Map.entry("serve", new ServeTime()),
                Map.entry("missing", new Missing(entries)),
                Map.entry("quick-audit", new QuickAudit(project, entries)),
                Map.entry("lambda", new LambdaStarts(project))));
    Benchmark benchmark = words.size() == 1 ? all.get(words.getFirst()) : null;
    if (benchmark == null || rounds < 1 || megabytes < 1 || entries < 1) {
      System.err.println(
          "usage: run cost, run scale, run index | audit-scale [--entries N], or run NAME [--rounds N] [--megabytes N]"
              + " [--entries N] [--json], NAME one of "
              + all.keySet());
      System.exit(2);
      return;
    }
    Machine machine = Machine.here();
    (json ? System.err : System.out).println(machine + ", rounds " + rounds);
    print(benchmark.run(rounds), json);
  }

  /** Says on standard error what is going on. */
  static void progress(String what) {
    System.err.println("bench: " + what);
  }

  private static int option(List<String> words, String name, int otherwise) {
    int at = words.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    words.remove(at);
    String number = at < words.size() ? words.remove(at) : "";
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
  }

  private static void print(List<Figure> figures, boolean json) {
    if (!json) {
      System.out.println(Figure.header());
    }
    for (Figure figure : figures) {
      System.out.println(json ? figure.json() : figure.row());
    }
  }
}

package io.narthex.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark by name and prints its figures: a table, or JSON, one object a line. */
final class Bench {
  private static final int DEFAULT_ROUNDS = 5;

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(args));
    boolean json = words.remove("--json");
    int rounds = rounds(words);
    Path project = Path.of(System.getProperty("narthex.project", "."));
    Map<String, Benchmark> all =
        new TreeMap<>(
            Map.of(
                "verify", new Verify(project.resolve("functions/bench/target/verify")),
                "small-uploads", new SmallUploads(project),
                "narinfo-http", new NarinfoHttp(project)));
    Benchmark benchmark = words.size() == 1 ? all.get(words.getFirst()) : null;
    if (benchmark == null || rounds < 1) {
      System.err.println("usage: run NAME [--rounds N] [--json], NAME one of " + all.keySet());
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

  private static int rounds(List<String> words) {
    int at = words.indexOf("--rounds");
    if (at < 0) {
      return DEFAULT_ROUNDS;
    }
    words.remove(at);
    String count = at < words.size() ? words.remove(at) : "";
    return count.matches("[0-9]{1,4}") ? Integer.parseInt(count) : 0;
  }

  private static void print(List<Figure> figures, boolean json) {
    if (!json) {
      System.out.println(Figure.header());
    }
    for (Figure figure : figures) {
      System.out.println(json ? figure.json().strip() : figure.row());
    }
  }
}

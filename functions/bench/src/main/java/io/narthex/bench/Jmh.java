package io.narthex.bench;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks of JMH, each in a process of its own, warmed up for three seconds. */
final class Jmh {
  private static final int WARM_UPS = 3;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Jmh() {}

  /** What a call took in each round: microseconds, and bytes of the heap. */
  record Measured(List<Double> micros, List<Double> bytes) {
    Measured {
      micros = List.copyOf(micros);
      bytes = List.copyOf(bytes);
    }
  }

  /**
   * The methods of these classes, by {@code Class.method} and {@code (parameter)} if it has one.
   */
  static Map<String, Measured> run(int rounds, Class<?>... classes) throws IOException {
    var options =
        new OptionsBuilder()
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    for (Class<?> one : classes) {
      options.include("^\\Q" + one.getName() + ".\\E");
    }
    try {
      return measured(new Runner(options.build()).run());
    } catch (RunnerException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, Measured> measured(Collection<RunResult> results) {
    var all = new TreeMap<String, Measured>();
    for (RunResult result : results) {
      var params = result.getParams();
      String method = params.getBenchmark();
      String name = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
      String parameters =
          params.getParamsKeys().stream().map(params::getParam).collect(joining(","));
      all.put(name + (parameters.isEmpty() ? "" : "(" + parameters + ")"), measured(result));
    }
    return all;
  }

  private static Measured measured(RunResult result) {
    List<IterationResult> rounds =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .toList();
    return new Measured(
        rounds.stream().map(round -> round.getPrimaryResult().getScore() / 1e3).toList(),
        rounds.stream()
            .map(
                round ->
                    requireNonNull(round.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                        .getScore())
            .toList());
  }
}

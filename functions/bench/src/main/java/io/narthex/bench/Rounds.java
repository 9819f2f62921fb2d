package io.narthex.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The values of one figure and of its reference, a pair for each round. */
final class Rounds {
  private final List<Double> values = new ArrayList<>();
  private final List<Double> references = new ArrayList<>();

  /** Adds a round; both in the same unit, above zero. */
  void add(double value, double reference) {
    values.add(value);
    references.add(reference);
  }

  /** The medians; there must have been a round. */
  Figure figure(String name, String unit, String against) {
    double[] ratios = new double[values.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values.get(i) / references.get(i);
    }
    return new Figure(
        name, median(values), unit, median(references), median(DoubleStream.of(ratios)), against);
  }

  private static double median(List<Double> numbers) {
    return median(numbers.stream().mapToDouble(Double::doubleValue));
  }

  private static double median(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("no round was measured");
    }
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}

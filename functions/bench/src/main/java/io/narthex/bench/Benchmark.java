package io.narthex.bench;

import java.io.IOException;
import java.util.List;

/** One program of this module. */
@FunctionalInterface
interface Benchmark {
  /** Measures; every round measures the product and its references one after the other. */
  List<Figure> run(int rounds) throws IOException, InterruptedException;
}

package io.narthex.bench;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import io.narthex.cache.json.JsonDocument;

/**
 * One measured figure beside its reference, both medians over the rounds.
 *
 * @param name e.g. {@code xz cold, wall}
 * @param unit of both, e.g. {@code s}
 * @param ratio median of the ratios value / reference of each round
 * @param against what the reference is, e.g. {@code xz -dc | sha256sum}
 */
record Figure(
    String name, double value, String unit, double reference, double ratio, String against) {
  Figure {
    requireNonNull(name, "name is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(against, "against is null");
  }

  /** One line of JSON. */
  String json() {
    return JsonDocument.object()
        .put("name", name)
        .put("value", rounded(value))
        .put("unit", unit)
        .put("reference", rounded(reference))
        .put("ratio", rounded(ratio))
        .put("against", against)
        .toString();
  }

  /** One line of a table under {@link #header}. */
  String row() {
    return "%-44s %9.3f %-8s %9.3f  %7.4f  %s"
        .formatted(name, value, unit, reference, ratio, against);
  }

  static String header() {
    return "%-44s %9s %-8s %9s  %7s  %s"
        .formatted("figure", "value", "unit", "reference", "ratio", "reference is");
  }

  private static double rounded(double number) {
    return Double.parseDouble(String.format(ROOT, "%.4f", number));
  }
}

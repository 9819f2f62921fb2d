package io.narthex.bench.price;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;

/** How much of what AWS charges for. */
public record Usage(Map<Item, Double> counts) {
  /** Of nothing. */
  public static final Usage NONE = new Usage(Map.of());

  public Usage {
    var copy = new EnumMap<Item, Double>(Item.class);
    copy.putAll(counts);
    counts = Map.copyOf(copy);
  }

  /** So many of one item. */
  public static Usage of(Item item, double count) {
    return new Usage(Map.of(item, count));
  }

  public Usage plus(Usage other) {
    var sum = new EnumMap<Item, Double>(Item.class);
    sum.putAll(counts);
    other.counts().forEach((item, count) -> sum.merge(item, count, Double::sum));
    return new Usage(sum);
  }

  public Usage times(double factor) {
    return map(count -> count * factor);
  }

  private Usage map(DoubleUnaryOperator change) {
    var changed = new EnumMap<Item, Double>(Item.class);
    counts.forEach((item, count) -> changed.put(item, change.applyAsDouble(count)));
    return new Usage(changed);
  }

  /** How many of an item. */
  public double count(Item item) {
    return counts.getOrDefault(item, 0.0);
  }

  /** Dollars, every unit paid for. */
  public double listPrice() {
    return sum(Item::cost);
  }

  /** Dollars of an account that uses what no account pays for on nothing else. */
  public double bill() {
    return sum((item, count) -> item.cost(Math.max(0, count - item.free())));
  }

  private double sum(ToDoubleBiFunction<Item, Double> price) {
    return counts.entrySet().stream()
        .mapToDouble(entry -> price.applyAsDouble(entry.getKey(), entry.getValue()))
        .sum();
  }
}

package io.narthex.local.audit.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Which answers are spoilt, and how. The same seed spoils the same answers. */
@FunctionalInterface
public interface FaultPlan {
  /** None. */
  FaultPlan NONE = (key, count) -> Optional.empty();

  /**
   * What is wrong with one answer.
   *
   * @param key of the object that is asked for
   * @param count how often it was asked for before
   */
  Optional<Fault> at(String key, int count);

  /**
   * The first answers about some objects are spoilt.
   *
   * @param percent of the objects
   * @param times at most so many answers about each
   */
  static FaultPlan first(long seed, Set<Fault> faults, int percent, int times) {
    return (key, count) -> {
      Random random = random(seed, key);
      boolean isSpoilt = random.nextInt(100) < percent && count < 1 + random.nextInt(times);
      return isSpoilt ? Optional.of(pick(random(seed + count, key), faults)) : Optional.empty();
    };
  }

  /** Every answer about some objects is spoilt. */
  static FaultPlan always(long seed, Set<Fault> faults, Predicate<String> keys) {
    return (key, count) ->
        keys.test(key) ? Optional.of(pick(random(seed + count, key), faults)) : Optional.empty();
  }

  /**
   * Any answer may be spoilt. One that looks like an answer comes at every other time at most: what
   * is always the same is so.
   *
   * @param percent of the answers
   */
  static FaultPlan sometimes(long seed, Set<Fault> faults, int percent) {
    return (key, count) -> {
      Random random = random(seed + 7919L * count, key);
      if (random.nextInt(100) >= percent) {
        return Optional.empty();
      }
      return Optional.of(pick(random, faults))
          .filter(fault -> count % 2 == 0 || !Fault.LIES.contains(fault));
    };
  }

  /** Only of objects with such keys. */
  default FaultPlan of(Predicate<String> keys) {
    return (key, count) -> keys.test(key) ? at(key, count) : Optional.empty();
  }

  private static Random random(long seed, String key) {
    return new Random(seed * 31 + key.hashCode());
  }

  private static Fault pick(Random random, Collection<Fault> faults) {
    random.nextInt();
    List<Fault> all = new ArrayList<>(faults);
    all.sort(null);
    return all.get(random.nextInt(all.size()));
  }
}

package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which generations there are. Readers use the one that is served; writers keep that one right and
 * the one that is being built.
 *
 * @param served empty until the first one has been built
 * @param building empty unless a rebuild is under way, or was left
 * @param retired those that were served once and still lie there, oldest first
 */
public record Manifest(
    Optional<Served> served, Optional<Building> building, List<Retired> retired) {
  /** None yet. */
  public static final Manifest EMPTY = new Manifest(Optional.empty(), Optional.empty(), List.of());

  public Manifest {
    requireNonNull(served, "served is null");
    requireNonNull(building, "building is null");
    retired = List.copyOf(retired);
    List<Integer> numbers = numbers(served, building, retired).sorted().toList();
    if (numbers.size() != Set.copyOf(numbers).size()) {
      throw new IllegalArgumentException("a generation is there twice: " + numbers);
    }
  }

  private static Stream<Integer> numbers(
      Optional<Served> served, Optional<Building> building, List<Retired> retired) {
    return Stream.of(
            served.map(Served::generation).map(Generation::number).stream(),
            building.map(Building::generation).map(Generation::number).stream(),
            retired.stream().map(Retired::number))
        .flatMap(Function.identity());
  }

  /**
   * The generation that is read.
   *
   * @param paths how many it had when it was built
   * @param built when that was done
   */
  public record Served(Generation generation, long paths, Instant built) {
    public Served {
      requireNonNull(generation, "generation is null");
      requireNonNull(built, "built is null");
    }
  }

  /** The one that is being built, since when. */
  public record Building(Generation generation, Instant begun) {
    public Building {
      requireNonNull(generation, "generation is null");
      requireNonNull(begun, "begun is null");
    }
  }

  /** One that is read no more, since when. */
  public record Retired(int number, Instant since) {
    public Retired {
      requireNonNull(since, "since is null");
    }
  }

  /** The one of a state bucket, as it is now. */
  public static Manifest in(ObjectStore state) {
    return new IndexObjects(state).manifest().value();
  }

  /** Those that must be right: what is written goes to each of them. */
  public List<Generation> current() {
    return Stream.concat(
            served.map(Served::generation).stream(), building.map(Building::generation).stream())
        .toList();
  }

  /** Whether this is the one that is read: every object of it has been written then. */
  boolean isServed(Generation generation) {
    return served.map(Served::generation).equals(Optional.of(generation));
  }

  /**
   * This, with a new generation being built.
   *
   * @param lying numbers of which anything lies there, though the manifest may have lost them: none
   *     is used again, for what was done of it would count as done
   */
  Manifest building(int depth, Instant at, Collection<Integer> lying) {
    int last =
        Stream.concat(numbers(served, building, retired), lying.stream())
            .max(Integer::compare)
            .orElse(0);
    return new Manifest(
        served, Optional.of(new Building(new Generation(last + 1, depth), at)), retired);
  }

  /** This, with the one that was being built given up. */
  Manifest abandoned(Instant at) {
    List<Retired> all =
        Stream.concat(
                retired.stream(),
                building.stream().map(left -> new Retired(left.generation().number(), at)))
            .toList();
    return new Manifest(served, Optional.empty(), all);
  }

  /**
   * Whether this is the number of a generation that was removed: what lies under it was written by
   * somebody who had slept all the time.
   */
  boolean isForgotten(int number) {
    return numbers(served, building, retired).noneMatch(known -> known == number)
        && current().stream().anyMatch(later -> later.number() > number);
  }

  /** This, with the one that was being built served. */
  Manifest swapped(long paths, Instant at) {
    Generation built = building.orElseThrow().generation();
    return new Manifest(
        Optional.of(new Served(built, paths, at)), Optional.empty(), retiring(served, at));
  }

  private List<Retired> retiring(Optional<Served> old, Instant at) {
    var all = new ArrayList<>(retired);
    old.ifPresent(was -> all.add(new Retired(was.generation().number(), at)));
    return all;
  }

  /** This, without a generation whose objects are gone. */
  Manifest without(Retired gone) {
    return new Manifest(
        served, building, retired.stream().filter(other -> !other.equals(gone)).toList());
  }
}

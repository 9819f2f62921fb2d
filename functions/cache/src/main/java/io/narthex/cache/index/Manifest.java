package io.narthex.cache.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** This, with a new generation being built. */
  Manifest building(int depth, Instant at) {
    int last =
        Stream.concat(
                current().stream().map(Generation::number), retired.stream().map(Retired::number))
            .max(Integer::compare)
            .orElse(0);
    return new Manifest(
        served, Optional.of(new Building(new Generation(last + 1, depth), at)), retired);
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

package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Slice;
import java.util.List;
import java.util.Optional;

/** What a step came to, for the steps that follow and for who reads the execution. */
sealed interface TaskAnswer {
  /**
   * A rebuild was begun: its generation has these pieces, and its sorted files these partitions.
   */
  record Begun(Generation generation, List<Slice> pieces, List<Slice> partitions)
      implements TaskAnswer {
    public Begun {
      requireNonNull(generation, "generation is null");
      pieces = List.copyOf(pieces);
      partitions = List.copyOf(partitions);
    }
  }

  /** So many paths are in what was built or sorted. */
  record Built(long paths) implements TaskAnswer {}

  /** A generation of so many paths is read now. */
  record Finished(Generation generation, long paths) implements TaskAnswer {
    public Finished {
      requireNonNull(generation, "generation is null");
    }
  }

  /** So many objects of old generations were removed. */
  record Expired(long objects) implements TaskAnswer {}

  /** What there is to check; no generation and no pieces if there is no index yet. */
  record Surveyed(Optional<Generation> generation, List<Slice> pieces, boolean isRepairing)
      implements TaskAnswer {
    public Surveyed {
      requireNonNull(generation, "generation is null");
      pieces = List.copyOf(pieces);
    }
  }

  /** So many paths were compared, of which so many differ. */
  record Checked(long paths, long drift) implements TaskAnswer {}
}

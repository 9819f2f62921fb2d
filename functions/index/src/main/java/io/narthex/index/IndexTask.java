package io.narthex.index;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.index.Generation;
import io.narthex.cache.index.Slice;
import java.util.OptionalInt;

/** A step of a rebuild or of a check, as a state machine asks for it. */
sealed interface IndexTask {
  /** Begin a rebuild, or go on with the one that was begun. */
  record Begin(OptionalInt depth) implements IndexTask {
    public Begin {
      requireNonNull(depth, "depth is null");
    }
  }

  /** Build a piece of a generation. */
  record Build(Generation generation, Slice piece) implements IndexTask {
    public Build {
      requireNonNull(generation, "generation is null");
      requireNonNull(piece, "piece is null");
    }
  }

  /** Write the sorted files of a partition of a generation. */
  record Sort(Generation generation, Slice partition) implements IndexTask {
    public Sort {
      requireNonNull(generation, "generation is null");
      requireNonNull(partition, "partition is null");
    }
  }

  /** Have a generation read whose pieces are built. */
  record Finish(Generation generation) implements IndexTask {
    public Finish {
      requireNonNull(generation, "generation is null");
    }
  }

  /** Remove generations that have been read no more for long. */
  record Expire() implements IndexTask {}

  /** Say which pieces there are to check. */
  record Survey(boolean isRepairing) implements IndexTask {}

  /** Check a piece of a generation. */
  record Check(Generation generation, Slice piece, boolean isRepairing) implements IndexTask {
    public Check {
      requireNonNull(generation, "generation is null");
      requireNonNull(piece, "piece is null");
    }
  }

  /** Say what all pieces of a check came to. */
  record Report(long paths, long drift) implements IndexTask {}
}

package io.narthex.local.cli.index;

import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An index that the caller may have worked on, wherever that is done. */
interface WorkedIndex extends AutoCloseable {
  /** What it says of itself. */
  IndexStanding standing();

  /**
   * Has a task done. Joins a rebuild that is under way, and on a laptop also a check.
   *
   * @return says at any time how it is getting on
   */
  Supplier<TaskState> begin(Task task);

  /** Gives up the rebuild that was begun; the number of its generation, empty if there is none. */
  OptionalLong abandon();

  /** How long to wait until it is worth asking again. */
  Duration pause();

  @Override
  void close();
}

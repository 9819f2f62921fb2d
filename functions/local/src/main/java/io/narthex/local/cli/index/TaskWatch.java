package io.narthex.local.cli.index;

import io.narthex.local.cli.progress.Display;
import io.narthex.local.index.Task;
import io.narthex.local.index.TaskState;
import io.narthex.local.index.TaskState.Running;
import java.util.function.Supplier;

/** Waits for a task, and shows on standard error how far it is. */
final class TaskWatch {
  private TaskWatch() {}

  /** What it came to. */
  static TaskState await(WorkedIndex index, Task task) throws InterruptedException {
    Supplier<TaskState> work = index.begin(task);
    try (Display display = Display.here()) {
      TaskState state = work.get();
      while (state instanceof Running(var step, var done, var total)) {
        if (!step.isEmpty()) {
          display.show(step, done, total);
        }
        Thread.sleep(index.pause());
        state = work.get();
      }
      return state;
    }
  }
}

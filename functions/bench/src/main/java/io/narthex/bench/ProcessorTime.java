package io.narthex.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of other processes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat</a>
 */
final class ProcessorTime {
  /** Linux shows times to programs in this unit on every machine that a JDK 25 runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER = 11;

  private ProcessorTime() {}

  /** User and system time of a process and its children that run, in seconds. */
  static double of(long pid) throws IOException {
    double sum = ofOne(pid);
    for (long child :
        ProcessHandle.of(pid).orElseThrow().children().mapToLong(ProcessHandle::pid).toArray()) {
      sum += ofOne(child);
    }
    return sum;
  }

  private static double ofOne(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(afterName[USER]) + Long.parseLong(afterName[USER + 1]))
        / TICKS_PER_SECOND;
  }
}

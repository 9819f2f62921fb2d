package io.narthex.bench.index;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Times work of this process, and counts what it asks of the store.
 *
 * @param requests how many there were so far
 */
record Stopwatch(LongSupplier requests) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double NANOS_A_MICRO = 1e3;
  private static final double NANOS = 1e9;

  /**
   * What some work took.
   *
   * @param items that it was about
   * @param wall in nanoseconds
   * @param processor of all threads, those of the virtual machine too, in nanoseconds
   */
  record Took(long items, long wall, long processor, long requests) {
    double wallSeconds() {
      return wall / NANOS;
    }

    /** Microseconds of processor time for each. */
    double micros() {
      return processor / NANOS_A_MICRO / items;
    }

    /** How many one processor would do in a second. */
    double aCore() {
      return items * NANOS / processor;
    }

    void print(String what) {
      System.out.printf(
          Locale.ROOT,
          "%-36s %9.3f s  %8.2f µs of a core each  %,9d requests, %.3f each%n",
          what,
          wallSeconds(),
          micros(),
          requests,
          (double) requests / items);
    }
  }

  Took time(long items, Runnable work) {
    long before = requests.getAsLong();
    long processor = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - start;
    return new Took(
        items, wall, SYSTEM.getProcessCpuTime() - processor, requests.getAsLong() - before);
  }

  /** Bytes that the heap had at most, garbage included. */
  static long peakHeap() {
    return heap(MemoryPoolMXBean::getPeakUsage);
  }

  /** Bytes that were still in use after a collection. */
  static long liveHeap() {
    return heap(MemoryPoolMXBean::getCollectionUsage);
  }

  private static long heap(Function<MemoryPoolMXBean, MemoryUsage> usage) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(usage)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}

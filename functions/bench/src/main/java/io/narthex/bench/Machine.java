package io.narthex.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What figures depend on.
 *
 * @param load runnable processes of the last minute; above 0 at the start, others were measured too
 */
record Machine(int cores, String processor, String system, String jdk, double load) {
  static Machine here() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        Runtime.version().toString(),
        system.getSystemLoadAverage());
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  @Override
  public String toString() {
    return "%d cores, %s, %s, JDK %s, load %.1f".formatted(cores, processor, system, jdk, load);
  }
}

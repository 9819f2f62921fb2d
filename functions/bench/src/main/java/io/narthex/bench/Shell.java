package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs command lines of bash, which knows the processor time of a whole pipeline. */
final class Shell {
  private static final String TIMED =
      """
      set -o pipefail
      TIMEFORMAT='%3R %3U %3S'
      time { eval "$1" > /dev/null; }
      """;

  private Shell() {}

  /**
   * Runs a command line and says what it took; its output is dropped.
   *
   * @throws IOException when it fails or prints to standard error
   */
  static Cost time(String commandLine) throws IOException, InterruptedException {
    String said = output("bash", "-c", TIMED, "bench", commandLine).strip();
    try {
      double[] seconds = Arrays.stream(said.split(" ")).mapToDouble(Double::parseDouble).toArray();
      return new Cost(seconds[0], seconds[1] + seconds[2]);
    } catch (NumberFormatException e) {
      throw new IOException(commandLine + " said: " + said, e);
    }
  }

  /** Whether there is such a program. */
  static boolean has(String program) throws IOException, InterruptedException {
    return start("bash", "-c", "command -v \"$1\"", "bench", program).waitFor() == 0;
  }

  /**
   * All that a program prints.
   *
   * @throws IOException when it fails
   */
  static String output(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException(List.of(command) + " failed with " + exit + ": " + said);
    }
    return said;
  }

  /** The path in single quotes. */
  static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}

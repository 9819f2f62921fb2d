package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code narthex} command as a process of its own. */
final class NarthexProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private NarthexProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Runs it; what it prints goes to a file in {@code directory}. */
  static NarthexProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, Map.of(), List.of(arguments));
  }

  /** The same with variables of its own. */
  static NarthexProcess start(
      Path directory, Map<String, String> environment, List<String> arguments) throws IOException {
    return startCommand(directory, environment, command(arguments));
  }

  /** The same with a file as its standard input. */
  static NarthexProcess start(
      Path directory, Map<String, String> environment, List<String> arguments, Path input)
      throws IOException {
    return start(
        directory, environment, command(arguments), ProcessBuilder.Redirect.from(input.toFile()));
  }

  /** What runs it: a program and its arguments. */
  static List<String> command(List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Narthex.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Runs a command that {@link #command} is in. */
  static NarthexProcess startCommand(
      Path directory, Map<String, String> environment, List<String> command) throws IOException {
    return start(directory, environment, command, ProcessBuilder.Redirect.PIPE);
  }

  private static NarthexProcess start(
      Path directory,
      Map<String, String> environment,
      List<String> command,
      ProcessBuilder.Redirect input)
      throws IOException {
    Path output = Files.createTempFile(directory, "narthex", ".log");
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new NarthexProcess(builder.start(), output);
  }

  /** Waits until a file is there; false if the process ended before. */
  boolean awaitFile(Path file) throws InterruptedException {
    while (process.isAlive() && Files.notExists(file)) {
      Thread.sleep(20);
    }
    return Files.exists(file);
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end, and says its exit code. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  String output() throws IOException {
    try (InputStream in = Files.newInputStream(output)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    var _ = process.destroyForcibly().onExit().join();
  }
}

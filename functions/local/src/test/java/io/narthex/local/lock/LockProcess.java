package io.narthex.local.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a directory, says whether it has it, and keeps it until its input ends. */
public final class LockProcess implements AutoCloseable {
  private final Process process;
  private final String answer;

  private LockProcess(Process process, String answer) {
    this.process = process;
    this.answer = answer;
  }

  /** Runs this class on a directory. */
  public static LockProcess start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new LockProcess(process, String.valueOf(process.inputReader(UTF_8).readLine()));
  }

  /** {@code taken}, or {@code refused}. */
  public String answer() {
    return answer;
  }

  /** Tries to take the directory that is its only argument. */
  public static void main(String[] arguments) throws IOException {
    var lock = DirectoryLock.take(Path.of(arguments[0]));
    System.out.println(lock.isPresent() ? "taken" : "refused");
    while (System.in.read() >= 0) {
      // Held until the other side hangs up, or this process is killed.
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    var _ = process.destroyForcibly().onExit().join();
  }
}

package io.narthex.local.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A process that uses a queue until it is killed, and says what it has acknowledged. */
final class QueueProcess {
  private QueueProcess() {}

  /** Runs this class on a directory. */
  static Process start(Path directory) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            QueueProcess.class.getName(),
            directory.toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Sends 1, 2, … and deletes every second of them, a line for each that is done. */
  public static void main(String[] arguments) {
    DurableQueue queue = DurableQueue.open(Path.of(arguments[0]), Clock.systemUTC());
    for (int i = 1; ; i++) {
      var _ = queue.send("message " + i);
      System.out.println("sent message " + i);
      List<ReceivedMessage> received = queue.receive(1, Duration.ofHours(1));
      if (i % 2 == 0) {
        received.forEach(message -> queue.delete(message.receiptHandle()));
        received.forEach(message -> System.out.println("deleted " + message.body()));
      }
    }
  }
}

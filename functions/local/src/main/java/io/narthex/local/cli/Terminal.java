package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The terminal that a command runs on, if it does. */
public final class Terminal {
  private static final int USUAL = 80;
  private static final int LEAST = 20;

  private Terminal() {}

  /** Whether both what is read and what is printed is one. */
  public static boolean isThere() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Whether standard input is one, as far as the system tells. */
  static boolean isTypedInto() {
    return isThere() || isOpen(0, false);
  }

  /** Whether standard error is one, as far as the system tells. */
  public static boolean isToldTo() {
    return isOpen(2, isThere());
  }

  private static boolean isOpen(int descriptor, boolean otherwise) {
    try {
      Path file = Path.of("/proc/self/fd", Integer.toString(descriptor)).toRealPath();
      return file.toString().matches("/dev/(pts/|tty).*");
    } catch (IOException e) {
      return otherwise;
    }
  }

  /** How many columns it has, from 20; 80 if nobody knows. */
  public static int columns(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("COLUMNS"))
        .or(Terminal::size)
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .filter(columns -> columns > 0)
        .map(columns -> Math.max(LEAST, columns))
        .orElse(USUAL);
  }

  /** What {@code stty size} says of it: rows and columns. */
  private static Optional<String> size() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      byte[] said = requireNonNull(process.getInputStream()).readAllBytes();
      String[] words = new String(said, US_ASCII).strip().split(" ");
      return process.waitFor() == 0 && words.length == 2 ? Optional.of(words[1]) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}

package io.narthex.local.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which host a command is about. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:NARTHEX_DATA:-.narthex}",
      description = "Where the host keeps everything (default: NARTHEX_DATA, or .narthex).")
  private Path data = Path.of(".narthex");

  /** Its data directory, absolute. */
  public Path data() {
    return data.toAbsolutePath().normalize();
  }
}

package io.narthex.local.cli;

import picocli.CommandLine.Option;

/** How many paths are printed. */
final class LimitOption {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "So many paths at most (default: 100).")
  private int limit;

  int limit() {
    if (limit < 1) {
      throw new CannotException("--limit is from 1 on");
    }
    return limit;
  }
}

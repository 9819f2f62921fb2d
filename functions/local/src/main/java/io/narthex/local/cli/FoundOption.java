package io.narthex.local.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where paths are looked for as of the last rebuild, how many are printed, and how. */
final class FoundOption {
  @Mixin private final ApiOption where = new ApiOption();
  @Mixin private final LimitOption limit = new LimitOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * Asks for them and prints them.
   *
   * @param address up to its last parameter, with {@code ?} or {@code &} behind it
   * @return the exit code: 0 if there are any, 1 if not
   */
  int print(String address) {
    FoundPaths found = FoundPaths.ask(where.client(), address, limit.limit());
    found.print(json);
    return found.paths().isEmpty() ? 1 : 0;
  }
}

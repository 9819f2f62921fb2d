package io.narthex.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code narthex referrers}: which paths of a cache refer to one. */
@Command(
    name = "referrers",
    description = {
      "Prints the paths that refer to a store path, as of the last rebuild of the cache's index.",
      "Exit code 0 if there are any, 1 if not, 2 if the cache could not be asked."
    },
    mixinStandardHelpOptions = true)
final class ReferrersCommand implements Callable<Integer> {
  @Mixin private final FoundOption found = new FoundOption();

  @Parameters(paramLabel = "PATH|HASH", description = "A store path or its hash part.")
  private String path = "";

  @Override
  public Integer call() {
    return found.print("/api/v1/referrers/" + StorePathArgument.hash(path) + "?");
  }
}

package io.narthex.local.cli.index;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex index}: what the index says of itself. */
@Command(
    name = "index",
    description = "Says where the index stands; exit code 1 if there is none yet.",
    mixinStandardHelpOptions = true,
    subcommands = {RebuildIndex.class, CheckIndex.class})
public final class IndexCommand implements Callable<Integer> {
  @Mixin private final IndexOption where = new IndexOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (WorkedIndex index = where.open()) {
      IndexStanding standing = index.standing();
      System.out.print(json ? standing.json() : standing.text());
      return standing.manifest().served().isPresent() ? 0 : 1;
    }
  }
}

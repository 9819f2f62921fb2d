package io.narthex.local.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code narthex search}: the paths of a cache by their names. */
@Command(
    name = "search",
    description = {
      "Prints the store paths in whose names a text occurs, first those whose names begin with it,",
      "as of the last rebuild of the cache's index. Upper and lower case are the same.",
      "Exit code 0 if there are any, 1 if not, 2 if the cache could not be asked."
    },
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Mixin private final FoundOption found = new FoundOption();

  @Parameters(paramLabel = "NAME", description = "A name or a part of one, e.g. glibc-2.")
  private String name = "";

  @Override
  public Integer call() {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return found.print("/api/v1/search?name=" + encoded + "&");
  }
}

package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.read.MissingRequest;
import io.narthex.local.cli.paths.GivenPaths;
import io.narthex.local.cli.paths.NixStore;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex missing}: which of many store paths a cache does not serve. */
@Command(
    name = "missing",
    description = {
      "Prints those store paths that a cache does not serve, one a line.",
      "Exit code 0 if it serves all, 1 if not, 2 if it could not be asked."
    },
    mixinStandardHelpOptions = true)
final class Missing implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin private final ApiOption where = new ApiOption();

  @Parameters(
      paramLabel = "PATH|HASH",
      arity = "0..*",
      description = {
        "Store paths or their hash parts; - or none to read them from standard input,",
        "a line each or as nix path-info --json prints them."
      })
  private List<String> given = List.of();

  @Option(
      names = "--closure",
      description = "Also all that they refer to, as the input says, or this machine's store.")
  private boolean closure;

  @Option(names = "--verbose", description = "Say on standard error why each is missing.")
  private boolean verbose;

  @Option(names = "--json", description = "Print JSON: absent, waiting, rejected.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    GivenPaths paths = paths();
    List<String> all = closure ? List.copyOf(paths.closure(new NixStore())) : paths.paths();
    all.forEach(StorePathArgument::hash);
    MissingAnswer missing = ask(all);
    print(missing, all.size());
    return missing.isNone() ? 0 : 1;
  }

  private GivenPaths paths() throws IOException {
    GivenPaths paths = GivenPaths.of(given.stream().filter(one -> !one.equals(STANDARD_INPUT)));
    if (!given.isEmpty() && !given.contains(STANDARD_INPUT)) {
      return paths;
    }
    if (given.isEmpty() && Terminal.isTypedInto()) {
      throw new CannotException("name store paths, or - to read them from standard input");
    }
    return paths.and(GivenPaths.parse(new String(System.in.readAllBytes(), UTF_8)));
  }

  private MissingAnswer ask(List<String> paths) {
    if (paths.isEmpty()) {
      return MissingAnswer.NONE;
    }
    CacheClient client = where.client();
    MissingAnswer all = MissingAnswer.NONE;
    for (int from = 0; from < paths.size(); from += MissingRequest.MAX_PATHS) {
      int to = Math.min(from + MissingRequest.MAX_PATHS, paths.size());
      all = all.and(ask(client, paths.subList(from, to)));
    }
    return all;
  }

  private static MissingAnswer ask(CacheClient client, List<String> paths) {
    ObjectNode request = JsonDocument.object();
    ArrayNode list = request.putArray("paths");
    paths.forEach(list::add);
    HttpResponse<String> answer = client.send("/api/v1/missing", request);
    return switch (answer.statusCode()) {
      case 200 -> MissingAnswer.parse(answer.body());
      case 404, 405 ->
          throw new CannotException(client.url() + " is no Narthex that answers this question");
      case 503 -> throw new CannotException(answer.body().strip());
      default ->
          throw new CannotException(
              "%s answers %d: %s"
                  .formatted(client.url(), answer.statusCode(), answer.body().strip()));
    };
  }

  private void print(MissingAnswer missing, int asked) {
    if (json) {
      System.out.print(missing.json(asked));
    } else {
      missing.all().forEach(System.out::println);
    }
    if (verbose) {
      explain(System.err, missing, asked);
    }
  }

  private static void explain(PrintStream err, MissingAnswer missing, int asked) {
    missing.absent().forEach(path -> err.println("absent    " + path));
    missing.waiting().forEach(path -> err.println("waiting   " + path));
    missing.rejected().forEach(path -> err.println("rejected  " + path));
    err.println("narthex: " + missing.text(asked));
  }
}

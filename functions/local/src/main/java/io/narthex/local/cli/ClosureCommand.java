package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.local.text.ByteText;
import io.narthex.nix.path.StorePathHash;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex closure}: all that a store path needs, as a cache has it. */
@Command(
    name = "closure",
    description = {
      "Prints all that a store path needs, with sizes of NAR and file, and what of that is missing.",
      "Exit code 0 if nothing is, 1 if something is, 2 if the cache could not be asked."
    },
    mixinStandardHelpOptions = true)
final class ClosureCommand implements Callable<Integer> {
  @Mixin private final ApiOption where = new ApiOption();

  @Parameters(paramLabel = "PATH|HASH", description = "A store path or its hash part.")
  private String path = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** One part of the answer. */
  private record Part(
      List<FoundPath> paths,
      Optional<String> next,
      long narSize,
      long fileSize,
      MissingAnswer missing,
      boolean isComplete) {
    static Part read(JsonDocument json) throws MalformedJsonException {
      return new Part(
          json.objects("paths", FoundPath::read),
          json.optionalText("next", Function.<String>identity()::apply),
          json.number("narSize"),
          json.number("fileSize"),
          json.object("missing", MissingAnswer::read),
          json.flag("complete"));
    }

    /** Of a path that is not there. */
    static Part absent(StorePathHash hash) {
      var missing = new MissingAnswer(List.of(hash.nix32()), List.of(), List.of());
      return new Part(List.of(), Optional.empty(), 0, 0, missing, true);
    }
  }

  @Override
  public Integer call() {
    StorePathHash hash = StorePathArgument.hash(path);
    CacheClient client = where.client();
    Part part =
        Question.find(client, "/api/v1/closure/" + hash, Part::read)
            .orElseGet(() -> Part.absent(hash));
    var paths = new ArrayList<>(part.paths());
    while (part.next().isPresent()) {
      String address = "/api/v1/closure/" + hash + "?after=" + part.next().get();
      part = Question.ask(client, address, Part::read);
      paths.addAll(part.paths());
    }
    if (json) {
      System.out.print(json(paths, part));
    } else {
      print(System.out, paths, part);
    }
    return part.missing().isNone() && part.isComplete() ? 0 : 1;
  }

  private static void print(PrintStream out, List<FoundPath> paths, Part last) {
    FoundPath.print(out, paths);
    last.missing().absent().forEach(missing -> out.println("absent    " + missing));
    last.missing().waiting().forEach(missing -> out.println("waiting   " + missing));
    last.missing().rejected().forEach(missing -> out.println("rejected  " + missing));
    out.printf(
        "%10s  %10s  %d paths, %d missing%s%n",
        ByteText.of(last.narSize()),
        ByteText.of(last.fileSize()),
        paths.size(),
        last.missing().all().count(),
        last.isComplete() ? "" : "; there are more than are followed");
  }

  private static String json(List<FoundPath> paths, Part last) {
    ObjectNode answer = JsonDocument.object();
    ArrayNode all = answer.putArray("paths");
    paths.forEach(path -> path.write(all.addObject()));
    answer.put("narSize", last.narSize()).put("fileSize", last.fileSize());
    last.missing().write(answer.putObject("missing"));
    answer.put("complete", last.isComplete());
    return new String(JsonDocument.write(answer), UTF_8);
  }
}

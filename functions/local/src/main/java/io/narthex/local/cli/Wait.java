package io.narthex.local.cli;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.ReportJson;
import io.narthex.cache.report.Standing;
import io.narthex.nix.path.StorePathHash;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex wait}: returns when store paths can be substituted. */
@Command(
    name = "wait",
    description =
        "Waits until store paths are served; exit code 1 if one is rejected, or it takes too long.",
    mixinStandardHelpOptions = true)
final class Wait implements Callable<Integer> {
  private static final long POLL_MS = 250;

  @Mixin private final CacheOption cache = new CacheOption();

  @Parameters(
      paramLabel = "HASH|PATH",
      arity = "1..*",
      description = "Store paths or their hash parts.")
  private List<String> paths = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long at most (default: 600).")
  private int timeout;

  @Override
  public Integer call() throws InterruptedException, MalformedJsonException {
    List<StorePathHash> hashes = paths.stream().map(StorePathArgument::hash).toList();
    CacheClient client = cache.client();
    long end = System.nanoTime() + timeout * 1_000_000_000L;
    List<StorePathHash> left = unserved(client, hashes);
    while (!left.isEmpty() && System.nanoTime() < end) {
      Optional<Report> rejected = rejected(client, left);
      if (rejected.isPresent()) {
        System.out.println(line(rejected.get()));
        return 1;
      }
      Thread.sleep(POLL_MS);
      left = unserved(client, left);
    }
    for (StorePathHash hash : left) {
      System.out.println(report(client, hash).map(Wait::line).orElse("absent  " + hash));
    }
    return left.isEmpty() ? 0 : 1;
  }

  /** A narinfo that is served is the last thing that becomes readable of a path. */
  private static List<StorePathHash> unserved(CacheClient client, List<StorePathHash> hashes) {
    var left = new ArrayList<>(hashes);
    left.removeIf(hash -> client.head("/" + hash + ".narinfo") == 200);
    return left;
  }

  private static Optional<Report> rejected(CacheClient client, List<StorePathHash> hashes)
      throws MalformedJsonException {
    for (StorePathHash hash : hashes) {
      Optional<Report> report = report(client, hash).filter(r -> r.standing() == Standing.REJECTED);
      if (report.isPresent()) {
        return report;
      }
    }
    return Optional.empty();
  }

  private static Optional<Report> report(CacheClient client, StorePathHash hash)
      throws MalformedJsonException {
    HttpResponse<String> answer = client.get("/api/v1/paths/" + hash);
    return answer.statusCode() == 200
        ? Optional.of(ReportJson.read(answer.body().getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private static String line(Report report) {
    return report.standing() + "  " + report.storePath().orElse(report.hash().nix32());
  }
}

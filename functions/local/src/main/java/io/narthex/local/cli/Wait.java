package io.narthex.local.cli;

import io.narthex.cache.report.Report;
import io.narthex.cache.report.Standing;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
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
  private static final int AT_ONCE = 8;

  @Mixin private final CacheOption where = new CacheOption();

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
  public Integer call() throws InterruptedException {
    List<StorePathHash> hashes = paths.stream().map(StorePathArgument::hash).toList();
    try (PathView cache = where.open()) {
      return await(cache, hashes);
    }
  }

  private int await(PathView cache, List<StorePathHash> hashes) throws InterruptedException {
    long end = System.nanoTime() + timeout * 1_000_000_000L;
    List<StorePathHash> left = unserved(cache, hashes);
    while (!left.isEmpty() && System.nanoTime() < end) {
      Optional<Report> rejected = rejected(cache, left);
      if (rejected.isPresent()) {
        System.out.println(line(rejected.get()));
        return 1;
      }
      Thread.sleep(cache.pause());
      left = unserved(cache, left);
    }
    for (StorePathHash hash : left) {
      System.out.println(cache.ask(hash).report().map(Wait::line).orElse("absent  " + hash));
    }
    return left.isEmpty() ? 0 : 1;
  }

  private static List<StorePathHash> unserved(PathView cache, List<StorePathHash> hashes) {
    return hashes.stream()
        .gather(
            Gatherers.mapConcurrent(
                AT_ONCE,
                hash -> cache.isServed(hash) ? Optional.<StorePathHash>empty() : Optional.of(hash)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Report> rejected(PathView cache, List<StorePathHash> hashes) {
    return hashes.stream()
        .gather(Gatherers.mapConcurrent(AT_ONCE, cache::ask))
        .flatMap(answer -> answer.report().stream())
        .filter(report -> report.standing() == Standing.REJECTED)
        .findFirst();
  }

  private static String line(Report report) {
    return report.standing() + "  " + report.storePath().orElse(report.hash().nix32());
  }
}

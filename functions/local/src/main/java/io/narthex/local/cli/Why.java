package io.narthex.local.cli;

import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePathHash;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex why}: every check on store paths, and what to do about them. */
@Command(
    name = "why",
    description =
        "Says what every check found about store paths; exit code 2 if one has no report.",
    mixinStandardHelpOptions = true)
final class Why implements Callable<Integer> {
  @Mixin private final CacheOption where = new CacheOption();

  @Parameters(
      paramLabel = "HASH|PATH",
      arity = "1..*",
      description = "Store paths or their hash parts.")
  private List<String> paths = List.of();

  @Option(names = "--json", description = "Print the reports as they are stored.")
  private boolean json;

  @Override
  public Integer call() {
    List<StorePathHash> hashes = paths.stream().map(StorePathArgument::hash).toList();
    try (PathView cache = where.open()) {
      int status = 0;
      for (StorePathHash hash : hashes) {
        PathAnswer answer = cache.ask(hash);
        show(hash, answer);
        status = answer instanceof PathAnswer.Unreported ? 2 : status;
      }
      return status;
    }
  }

  private void show(StorePathHash hash, PathAnswer answer) {
    switch (answer) {
      case PathAnswer.Unreported(var why) ->
          System.err.println("narthex: no report on " + hash + ": " + why);
      case PathAnswer.Reported(var text) when json -> System.out.print(text);
      case PathAnswer.Reported _ -> answer.report().ifPresent(report -> print(System.out, report));
    }
  }

  private static void print(PrintStream out, Report report) {
    out.println(report.standing() + "  " + report.storePath().orElse(report.hash().nix32()));
    for (CheckOutcome outcome : report.checks()) {
      out.printf("  %-22s %s%n", outcome.check(), text(outcome.result()));
    }
    for (Withdrawal withdrawal : report.withdrawals()) {
      out.println("withdrawn " + withdrawal.at() + "  " + withdrawal.key());
      withdrawal.findings().forEach(finding -> out.println("  " + text(finding)));
    }
    advice(report).lines().forEach(out::println);
  }

  private static String text(CheckResult result) {
    return switch (result) {
      case CheckResult.Passed(var note) -> note.isEmpty() ? "passed" : "passed: " + note;
      case CheckResult.NotRun(var why) -> "not run: " + why;
      case CheckResult.Warned(var findings) -> "warning: " + text(findings.getFirst());
      case CheckResult.Failed(var findings) -> "failed: " + text(findings.getFirst());
      case CheckResult.Waits(var need, var finding) -> "waits " + need;
    };
  }

  private static String text(Finding finding) {
    return finding.toString();
  }

  private static String advice(Report report) {
    if (report.isRevoked()) {
      return "It was taken back. To serve it again: narthex revoke --undo " + report.hash();
    }
    return switch (report.standing()) {
      case VERIFIED -> "";
      case WAITING ->
          report.need().filter(Need.ForAudit.class::isInstance).isPresent()
              ? "It takes longer to read than the cache has: its operator runs narthex audit --stack."
              : "It is served as soon as what it waits for has come.";
      case REJECTED, REMOVED ->
          """
          Push it again: nix copy --refresh --to 's3://…' %s
          (--refresh, because the pushing machine remembers for 30 days that it has pushed it)"""
              .formatted(report.storePath().orElse("/nix/store/" + report.hash() + "-…"));
    };
  }
}

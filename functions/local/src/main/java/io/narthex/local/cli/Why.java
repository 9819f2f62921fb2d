package io.narthex.local.cli;

import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.ReportJson;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.cache.verdict.Finding;
import io.narthex.nix.path.StorePathHash;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
  @Mixin private final DataOption data = new DataOption();

  @Parameters(
      paramLabel = "HASH|PATH",
      arity = "1..*",
      description = "Store paths or their hash parts.")
  private List<String> paths = List.of();

  @Option(names = "--json", description = "Print the reports as they are stored.")
  private boolean json;

  @Override
  public Integer call() throws MalformedJsonException {
    List<StorePathHash> hashes = paths.stream().map(StorePathArgument::hash).toList();
    RunningHost host = RunningHost.in(data.data());
    int status = 0;
    for (StorePathHash hash : hashes) {
      HttpResponse<String> answer = host.get("/api/v1/paths/" + hash);
      if (answer.statusCode() != 200) {
        System.err.println("narthex: no report on " + hash + ": " + answer.body().strip());
        status = 2;
      } else if (json) {
        System.out.print(answer.body());
      } else {
        print(System.out, ReportJson.read(answer.body().getBytes(StandardCharsets.UTF_8)));
      }
    }
    return status;
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
      case WAITING -> "It is served as soon as what it waits for has come.";
      case REJECTED, REMOVED ->
          """
          Push it again: nix copy --refresh --to 's3://…' %s
          (--refresh, because the pushing machine remembers for 30 days that it has pushed it)"""
              .formatted(report.storePath().orElse("/nix/store/" + report.hash() + "-…"));
    };
  }
}

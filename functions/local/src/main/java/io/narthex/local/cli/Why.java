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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex why}: every check on a store path, and what to do about it. */
@Command(
    name = "why",
    description = "Says what every check found about a store path.",
    mixinStandardHelpOptions = true)
final class Why implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "HASH|PATH", description = "A store path or its hash part.")
  private String path = "";

  @Option(names = "--json", description = "Print the report as it is stored.")
  private boolean json;

  @Override
  public Integer call() throws MalformedJsonException {
    StorePathHash hash = hash(path);
    HttpResponse<String> answer = RunningHost.in(data.data()).get("/api/v1/paths/" + hash);
    if (answer.statusCode() != 200) {
      throw new CannotException("no report on " + hash + ": " + answer.body().strip());
    }
    if (json) {
      System.out.print(answer.body());
    } else {
      print(System.out, ReportJson.read(answer.body().getBytes(StandardCharsets.UTF_8)));
    }
    return 0;
  }

  private static StorePathHash hash(String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    String hash =
        base.length() > StorePathHash.LENGTH ? base.substring(0, StorePathHash.LENGTH) : base;
    if (!StorePathHash.isValid(hash)) {
      throw new CannotException("not a store path or its hash: " + path);
    }
    return new StorePathHash(hash);
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

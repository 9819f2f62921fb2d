package io.narthex.local.cli.audit;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What becomes of what an audit finds. */
final class ResultOption {
  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html and report.json here.")
  private Optional<Path> report = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object a path.")
  private boolean json;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "rejected",
      description =
          "Exit with 1 for whatever is not sound (rejected), or for warnings too (warning) (default: ${DEFAULT-VALUE}).")
  private FailOn failOn = FailOn.REJECTED;

  @Option(
      names = "--apply",
      description = "Set and remove the verdict tags of an s3:// cache, by version.")
  private boolean apply;

  @Option(names = "--dry-run", description = "With --apply: only say what it would do.")
  private boolean dryRun;

  /** From what on an audit fails. */
  enum FailOn {
    REJECTED,
    WARNING
  }

  Optional<Path> report() {
    return report;
  }

  boolean isJson() {
    return json;
  }

  FailOn failOn() {
    return failOn;
  }

  boolean applies() {
    return apply;
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** Whether these options go with the others. */
  void check(boolean isQuick, String cache) {
    if (apply && isQuick) {
      throw new IllegalArgumentException("--quick reads no NAR, so --apply cannot go with it");
    }
    if (apply && !cache.startsWith("s3://")) {
      throw new IllegalArgumentException("--apply tags objects of an s3:// cache, not of " + cache);
    }
    if (dryRun && !apply) {
      throw new IllegalArgumentException("--dry-run goes with --apply");
    }
  }
}

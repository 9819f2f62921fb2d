package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.principal.Authentication.Refused;
import io.narthex.cache.read.Denial;
import io.narthex.cache.report.Report;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.path.StorePathHash;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** One line an outcome or a refused read: the verdict, the path, and what there is to say. */
public final class OutcomeLines implements OutcomeView {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";
  private static final int KIB = 1000;

  private final PrintStream out;
  private final boolean colour;

  public OutcomeLines(PrintStream out, boolean colour) {
    this.out = requireNonNull(out, "out is null");
    this.colour = colour;
  }

  @Override
  public void show(Outcome outcome, long elapsedMs) {
    switch (outcome) {
      case Outcome.Judged(var report) -> judged(report, elapsedMs);
      case Outcome.NarWithdrawn(var withdrawal) ->
          line(RED, "rejected", withdrawal.key() + "  " + first(withdrawal.findings()));
      case Outcome.ObjectRejected(var key, var findings) ->
          line(RED, "rejected", key + "  " + first(findings));
      case Outcome.ObjectWaiting(var key, var finding) ->
          line(YELLOW, "waiting", key + "  " + finding);
      case Outcome.Unchanged unchanged -> {}
      case Outcome.Absent absent -> {}
      case Outcome.ObjectVerified verified -> {}
      case Outcome.Nothing nothing -> {}
    }
  }

  @Override
  public void showFailure(String reason) {
    line(RED, "failed", reason + "; tried again");
  }

  @Override
  public void showDenied(Denial denial, int status, String requestId) {
    line(RED, "denied", RefusalText.of(denial));
  }

  @Override
  public void showUnauthenticated(Refused refused, String requestId) {
    line(RED, "denied", RefusalText.of(refused));
  }

  private void judged(Report report, long elapsedMs) {
    String name = name(report);
    switch (report.verdict()) {
      case Verdict.Verified verified ->
          line(GREEN, "verified", name + "  " + size(report) + "  " + elapsedMs + " ms");
      case Verdict.Waiting(var need, var finding) -> line(YELLOW, "waiting", name + "  " + need);
      case Verdict.Rejected(var findings) -> line(RED, "rejected", name + "  " + first(findings));
    }
  }

  /**
   * Of several findings about an archive the wrong NarHash says most; the others follow from it.
   */
  private static String first(List<Finding> findings) {
    Finding first =
        findings.stream()
            .filter(finding -> finding.check() == CheckName.NAR_HASH)
            .findFirst()
            .orElseGet(findings::getFirst);
    String more = findings.size() > 1 ? "  (+" + (findings.size() - 1) + " more)" : "";
    return first + more;
  }

  /** A path without its hash, as people call it. */
  static String name(Report report) {
    return report
        .storePath()
        .map(path -> path.substring(path.lastIndexOf('/') + StorePathHash.LENGTH + 2))
        .orElse(report.hash() + ".narinfo");
  }

  private static String size(Report report) {
    long bytes = report.facts().map(NarFacts::fileSize).orElse(0L);
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KB", bytes / (double) KIB)
        : String.format(Locale.ROOT, "%.1f MB", bytes / (double) (KIB * KIB));
  }

  private void line(String paint, String verdict, String text) {
    String label = colour ? paint + verdict + PLAIN : verdict;
    synchronized (out) {
      out.println(label + "  " + text);
      out.flush();
    }
  }
}

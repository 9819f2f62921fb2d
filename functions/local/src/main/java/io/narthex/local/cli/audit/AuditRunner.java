package io.narthex.local.cli.audit;

import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.admission.AuditedVerdicts;
import io.narthex.cache.admission.Upstreams;
import io.narthex.cache.audit.Audit;
import io.narthex.cache.audit.AuditOptions;
import io.narthex.cache.audit.AuditProgress;
import io.narthex.cache.audit.AuditReport;
import io.narthex.cache.audit.AuditRun;
import io.narthex.cache.audit.AuditState;
import io.narthex.cache.audit.AuditTally;
import io.narthex.cache.audit.AuditVerdict;
import io.narthex.cache.audit.AuditedPath;
import io.narthex.cache.audit.ClosurePlan;
import io.narthex.cache.audit.JsonLines;
import io.narthex.cache.audit.Judged;
import io.narthex.cache.audit.KeptFindings;
import io.narthex.cache.audit.Outside;
import io.narthex.cache.audit.PathSet;
import io.narthex.cache.audit.ReferencesElsewhere;
import io.narthex.cache.audit.Scratch;
import io.narthex.cache.audit.Spool;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.local.audit.Applying;
import io.narthex.local.audit.AuditFor;
import io.narthex.local.audit.AuditSource;
import io.narthex.local.audit.KeptSpool;
import io.narthex.local.audit.report.HtmlReport;
import io.narthex.local.cli.progress.LiveLine;
import io.narthex.nix.codec.Decoders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One audit from its first line to its exit code. */
final class AuditRunner {
  private final AuditSource source;
  private final AuditOptions options;
  private final SelectionOption selection;
  private final Optional<Path> state;
  private final ResultOption result;
  private final Upstreams upstreams;
  private final Optional<AuditFor> awaited;
  private final AuditTally tally = new AuditTally();
  private final AuditProgress progress = new AuditProgress();
  private final Optional<AuditedVerdicts> verdicts;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private long notWritten;

  AuditRunner(
      AuditSource source,
      AuditOptions options,
      SelectionOption selection,
      Optional<Path> state,
      ResultOption result,
      Upstreams upstreams,
      Optional<AuditFor> awaited) {
    this.source = source;
    this.options = options;
    this.selection = selection;
    this.state = state;
    this.result = result;
    this.upstreams = upstreams;
    this.awaited = awaited;
    this.verdicts = verdicts();
  }

  int run(Scratch scratch, StopSignal stop) throws IOException {
    Instant startedAt = Instant.now();
    err.println(
        "narthex: auditing %s, xz by %s, trusting %s"
            .formatted(source.url(), Decoders.xzLibrary(), names()));
    Optional<Spool> kept = state.map(file -> KeptSpool.in(file, source.url()));
    try (Spool remarkable = scratch.spool("report");
        Display display = display()) {
      AuditReport report = new AuditReport(tally, remarkable);
      display.start();
      AuditState known =
          kept.<AuditState>map(spool -> new KeptFindings(spool, scratch, source.url()))
              .orElse(AuditState.NONE);
      Audit audit = audit(scratch, known, stop);
      PathSet paths = paths(audit, stop, scratch);
      boolean complete = run(audit, paths, report, display);
      AuditRun run = about(startedAt, complete);
      if (result.report().isPresent()) {
        write(report, run, result.report().get());
      }
      display.stop();
      return end(run);
    } finally {
      kept.ifPresent(Spool::close);
    }
  }

  private PathSet paths(Audit audit, StopSignal stop, Scratch scratch) {
    return awaited.isPresent() && !selection.isPartial()
        ? awaited.get().awaited(scratch)
        : selection.select(audit, plan(stop), source.cache().isListable(), scratch);
  }

  private boolean run(Audit audit, PathSet paths, AuditReport report, Display display) {
    if (awaited.isPresent()) {
      boolean complete = audit.run(paths, sink(report, display, judged -> {}), awaited.get());
      display.print(
          err, "narthex: told the stack what %d NARs hold".formatted(awaited.get().told()));
      return complete;
    }
    if (verdicts.isEmpty()) {
      return audit.run(paths, sink(report, display, judged -> {}));
    }
    if (result.isDryRun()) {
      return audit.run(paths, sink(report, display, judged -> would(judged, display)));
    }
    Applying applying =
        new Applying(verdicts.get(), text -> display.print(err, "narthex: " + text));
    boolean complete;
    try (applying) {
      complete = audit.run(paths, sink(report, display, applying));
    }
    display.print(
        err,
        "narthex: %d verdicts written, %d not".formatted(applying.written(), applying.failed()));
    notWritten = applying.failed();
    return complete;
  }

  private void would(Judged judged, Display display) {
    AuditedVerdicts.of(judged)
        .ifPresent(
            verdict ->
                display.print(
                    err,
                    "narthex: would tag %s.narinfo, version %s, as %s"
                        .formatted(judged.path().hash(), judged.narInfo().orElseThrow(), verdict)));
  }

  /**
   * A reference that is not audited counts if it is there; if verdicts are written, with its own.
   */
  private Outside outside() {
    Outside here =
        new ReferencesElsewhere(source.cache(), options.isPartial(), upstreams, options.settings());
    Outside upstreamOnly =
        new ReferencesElsewhere(source.cache(), false, upstreams, options.settings());
    return path -> {
      boolean counts =
          verdicts.isEmpty() || verdicts.get().isVerified(new NarInfoPath(path.hash()));
      return (counts ? here : upstreamOnly).contains(path);
    };
  }

  private Optional<AuditedVerdicts> verdicts() {
    if (!result.applies()) {
      return Optional.empty();
    }
    S3VersionedStore bucket = source.bucket().orElseThrow();
    if (!bucket.isVersioned()) {
      throw new IllegalStateException(
          "the bucket has no versions, and a verdict is on a version: see docs/adopt.md");
    }
    return Optional.of(new AuditedVerdicts(bucket, source.prefix()));
  }

  private Audit audit(Scratch scratch, AuditState known, StopSignal stop) {
    return new Audit(source.cache(), options, scratch, known, outside(), progress, stop);
  }

  private ClosurePlan plan(StopSignal stop) {
    return new ClosurePlan(source.cache(), options.patience(), stop);
  }

  private Display display() {
    return new Display(
        new ProgressLine(progress, tally, options.isQuick()), progress, LiveLine.here());
  }

  private String names() {
    return options.settings().trustedPublicKeys().isEmpty()
        ? "no key"
        : String.join(
            ", ",
            options.settings().trustedPublicKeys().stream()
                .map(key -> key.name().toString())
                .toList());
  }

  private Consumer<Judged> sink(AuditReport report, Display display, Consumer<Judged> apply) {
    JsonLines json = new JsonLines(out);
    return judged -> {
      apply.accept(judged);
      AuditedPath path = judged.path();
      tally.add(path);
      report.accept(path);
      if (result.isJson()) {
        json.accept(path);
      } else if (path.isRemarkable()) {
        display.print(out, Display.lines(path));
      }
    };
  }

  private AuditRun about(Instant startedAt, boolean complete) {
    return new AuditRun(
        source.url(),
        options.isQuick(),
        selection.name(),
        startedAt,
        Instant.now(),
        complete,
        Decoders.xzLibrary(),
        options.settings());
  }

  private static void write(AuditReport report, AuditRun run, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path json = directory.resolve("report.json");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(json))) {
      report.write(run, file);
    }
    HtmlReport.write(json, directory.resolve("report.html"));
  }

  private int end(AuditRun run) {
    long unchecked = tally.paths(AuditVerdict.UNCHECKED);
    String summary =
        String.format(
            Locale.ROOT,
            "%s%d paths: %d verified, %d rejected, %d waiting, %d unchecked%s, %d with warnings",
            run.isComplete() ? "" : "stopped after ",
            tally.paths(),
            tally.paths(AuditVerdict.VERIFIED),
            tally.paths(AuditVerdict.REJECTED),
            tally.paths(AuditVerdict.WAITING),
            unchecked,
            run.isQuick() ? " (" + tally.unread() + " not read, nothing against them)" : "",
            tally.warned());
    (result.isJson() ? err : out).println("narthex: " + summary);
    boolean isInVain = tally.paths() == 0 && awaited.isEmpty();
    if (isInVain && run.isComplete()) {
      err.println("narthex: no path was audited: is this a cache, and has it these paths?");
    }
    boolean isCut = out.checkError();
    if (isCut) {
      err.println("narthex: the output cannot be written to its end");
    }
    if (!run.isComplete() || notWritten > 0 || isInVain || isCut) {
      return 2;
    }
    boolean isSound =
        tally.paths() == tally.paths(AuditVerdict.VERIFIED) + tally.unread()
            && (result.failOn() == ResultOption.FailOn.REJECTED || tally.warned() == 0);
    return isSound ? 0 : 1;
  }
}

package io.narthex.cache.report;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckOutcome;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.path.StorePathHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one store path: for which version of its narinfo and of its NAR, and under
 * which settings.
 *
 * @param storePath as the narinfo spells it; empty if it could not be read
 * @param narinfo the version of the narinfo that was judged
 * @param since when it began to stand like this, and if it waits, to wait for that thing: the grace
 *     time counts from here
 * @param admitted when that version was first verified; empty if it never was
 * @param lastVerified the version that was verified last, which may lie under that one
 * @param url the NAR that it points at; empty if that is none of this cache
 * @param nar the version of the NAR that the verdict is about; empty while there is none
 * @param settings digest of the settings that were in force
 * @param facts what reading the NAR found; kept over new versions of the narinfo
 * @param withdrawals the last few versions that were taken out, newest first
 */
public record Report(
    StorePathHash hash,
    Optional<String> storePath,
    Standing standing,
    VersionId narinfo,
    Instant since,
    Optional<Instant> admitted,
    Optional<VersionId> lastVerified,
    Optional<NarPath> url,
    Optional<VersionId> nar,
    String settings,
    List<CheckOutcome> checks,
    Optional<NarFacts> facts,
    List<Withdrawal> withdrawals,
    Instant judgedAt) {
  private static final int MAX_WITHDRAWALS = 5;

  public Report {
    requireNonNull(hash, "hash is null");
    requireNonNull(storePath, "storePath is null");
    requireNonNull(standing, "standing is null");
    requireNonNull(narinfo, "narinfo is null");
    requireNonNull(since, "since is null");
    requireNonNull(admitted, "admitted is null");
    requireNonNull(lastVerified, "lastVerified is null");
    requireNonNull(url, "url is null");
    requireNonNull(nar, "nar is null");
    requireNonNull(settings, "settings is null");
    checks = List.copyOf(checks);
    requireNonNull(facts, "facts is null");
    withdrawals = withdrawals.stream().limit(MAX_WITHDRAWALS).toList();
    requireNonNull(judgedAt, "judgedAt is null");
  }

  /** The verdict that the checks come to. */
  public Verdict verdict() {
    return Verdict.of(checks);
  }

  /** Whether trusted keys vouch for it, rather than its content alone. */
  public boolean isSigned() {
    return checks.stream().anyMatch(outcome -> outcome.isPassed(CheckName.SIGNATURES));
  }

  /** Whether it says that the path is revoked, and nothing of what the checks would find. */
  public boolean isRevoked() {
    return checks.stream().anyMatch(outcome -> outcome.check() == CheckName.REVOCATION);
  }

  /** What it waits for; empty unless it waits. */
  public Optional<Need> need() {
    return standing == Standing.WAITING && verdict() instanceof Verdict.Waiting waiting
        ? Optional.of(waiting.need())
        : Optional.empty();
  }

  /** Whether it has what reading the NAR that it is about found. */
  public boolean isNarRead() {
    return facts
        .map(found -> found.reading().version())
        .filter(v -> nar.equals(Optional.of(v)))
        .isPresent();
  }

  /** The same with what somebody else has read of the NAR that it is about. */
  public Report withFacts(NarFacts read) {
    return with(standing, Optional.of(read), withdrawals, judgedAt);
  }

  /** The same of a version that has one more signature, and has taken the place of this one. */
  public Report onSigned(VersionId signed) {
    return new Report(
        hash,
        storePath,
        standing,
        signed,
        since,
        admitted,
        Optional.of(signed),
        url,
        nar,
        settings,
        checks,
        facts,
        withdrawals,
        judgedAt);
  }

  /** The same with one more check. */
  public Report and(CheckOutcome check) {
    var all = new ArrayList<>(checks);
    all.add(check);
    return new Report(
        hash,
        storePath,
        standing,
        narinfo,
        since,
        admitted,
        lastVerified,
        url,
        nar,
        settings,
        all,
        facts,
        withdrawals,
        judgedAt);
  }

  /** The same path, no longer in the cache. */
  public Report removed(Instant at) {
    return with(Standing.REMOVED, facts, withdrawals, at);
  }

  /** The same report with more withdrawals, newest first, but for those it has already. */
  public Report withdrawing(List<Withdrawal> more) {
    var all = new ArrayList<>(more);
    all.removeIf(this::has);
    all.addAll(withdrawals);
    return with(standing, facts, all, judgedAt);
  }

  private boolean has(Withdrawal other) {
    return withdrawals.stream()
        .anyMatch(w -> w.key().equals(other.key()) && w.version().equals(other.version()));
  }

  /** Whether the two say the same, whenever they were made. */
  boolean saysTheSameAs(Report other) {
    return with(standing, facts, withdrawals, other.judgedAt).equals(other);
  }

  private Report with(
      Standing changed, Optional<NarFacts> read, List<Withdrawal> taken, Instant at) {
    return new Report(
        hash,
        storePath,
        changed,
        narinfo,
        since,
        admitted,
        lastVerified,
        url,
        nar,
        settings,
        checks,
        read,
        taken,
        at);
  }
}

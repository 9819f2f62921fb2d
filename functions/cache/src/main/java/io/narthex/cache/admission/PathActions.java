package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
import io.narthex.cache.report.Withdrawal;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.Verdict;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.path.StorePath;
import java.util.Optional;

/**
 * What follows a verdict, in an order in which every stop is a sound one: the report is there
 * already; the narinfo's own tag, or its removal, is the last write. Until then the path is not
 * settled and the next look does all of this again.
 */
final class PathActions {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final WaitingMarks marks;
  private final DerivedObjects derived;
  private final NarBlame blame;
  private final AdmittedPaths admitted;
  private final Messages messages;

  PathActions(
      VersionedStore cache,
      VerdictTags tags,
      WaitingMarks marks,
      DerivedObjects derived,
      NarBlame blame,
      AdmittedPaths admitted,
      Messages messages) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.derived = requireNonNull(derived, "derived is null");
    this.blame = requireNonNull(blame, "blame is null");
    this.admitted = requireNonNull(admitted, "admitted is null");
    this.messages = requireNonNull(messages, "messages is null");
  }

  /** Does all that the verdict asks for; empty if something has moved meanwhile. */
  Optional<Outcome> apply(PathSeen seen, Judgement judgement, Report report) {
    boolean done =
        switch (judgement.verdict()) {
          case Verdict.Verified verified -> admit(seen, judgement, report);
          case Verdict.Waiting(var need, var finding) -> keepWaiting(seen, judgement, need);
          case Verdict.Rejected rejected -> withdraw(seen, report);
        };
    return done ? Optional.of(outcome(seen, report)) : Optional.empty();
  }

  /** Has everyone looked at who waits for this path. Repeated on every look: a wake-up is cheap. */
  void wake(Report report) {
    report
        .storePath()
        .map(path -> StorePath.parse(path.substring(path.lastIndexOf('/') + 1)))
        .map(Need.ForPath::new)
        .map(marks::waiters)
        .filter(waiters -> !waiters.isEmpty())
        .ifPresent(messages::lookAt);
  }

  /**
   * Takes out a NAR that was put in the place of a verified one, which comes back with its tag in
   * the same instant. If we stop before that, the narinfo is served and its NAR is not.
   */
  Outcome withdrawNar(Report report, Withdrawal withdrawal) {
    cache.delete(withdrawal.key(), withdrawal.version());
    return new Outcome.OverwriteWithdrawn(report, withdrawal);
  }

  private boolean admit(PathSeen seen, Judgement judgement, Report report) {
    NarPath nar = judgement.nar().orElseThrow();
    VersionId narVersion = judgement.narVersion().orElseThrow();
    if (!tags.set(nar.key(), narVersion, VerdictTag.VERIFIED)) {
      return false;
    }
    derived.publish(seen.hash(), nar, judgement);
    forgetOldNeed(seen, Optional.empty());
    if (!tags.set(seen.path().key(), seen.version(), VerdictTag.VERIFIED)) {
      return false;
    }
    wake(report);
    return true;
  }

  /**
   * The mark first, then one more look: whoever brings the thing sees the mark, or we the thing.
   */
  private boolean keepWaiting(PathSeen seen, Judgement judgement, Need need) {
    marks.place(need, seen.path().key());
    if (hasCome(need)) {
      return false;
    }
    derived.prepare(seen.hash(), judgement);
    forgetOldNeed(seen, Optional.of(need));
    return tags.set(seen.path().key(), seen.version(), VerdictTag.WAITING);
  }

  private boolean hasCome(Need need) {
    return switch (need) {
      case Need.ForNar(var nar) -> cache.head(nar.key()).isPresent();
      case Need.ForPath(var path) -> admitted.contains(path);
      case Need.ForSignature signature -> false;
    };
  }

  /**
   * Takes a rejected narinfo out, and before it a NAR that is bad in itself. If we stop between the
   * two, the report says what is still to be done.
   */
  boolean withdraw(PathSeen seen, Report rejected) {
    blame
        .narsOwnFault(rejected)
        .ifPresent(nar -> cache.delete(nar.key(), rejected.nar().orElseThrow()));
    forgetOldNeed(seen, Optional.empty());
    cache.delete(seen.path().key(), rejected.narinfo());
    return true;
  }

  private void forgetOldNeed(PathSeen seen, Optional<Need> now) {
    seen.report()
        .flatMap(Report::need)
        .filter(old -> !now.equals(Optional.of(old)))
        .ifPresent(old -> marks.remove(old, seen.path().key()));
  }

  private static Outcome outcome(PathSeen seen, Report report) {
    boolean isNew =
        !seen.stands(report.standing())
            || !seen.report().orElseThrow().checks().equals(report.checks());
    return isNew ? new Outcome.Judged(report) : new Outcome.Unchanged(report);
  }
}

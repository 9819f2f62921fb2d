package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.layout.Need;
import io.narthex.cache.report.Report;
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
  private final VersionsBelow below;
  private final Repeats repeats;
  private final Waits waits;
  private final DerivedObjects derived;
  private final NarBlame blame;
  private final NarLinks links;
  private final Messages messages;
  private final OwnSignature own;

  PathActions(
      VersionedStore cache,
      VerdictTags tags,
      VersionsBelow below,
      Repeats repeats,
      Waits waits,
      DerivedObjects derived,
      NarBlame blame,
      NarLinks links,
      Messages messages,
      OwnSignature own) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.below = requireNonNull(below, "below is null");
    this.repeats = requireNonNull(repeats, "repeats is null");
    this.waits = requireNonNull(waits, "waits is null");
    this.derived = requireNonNull(derived, "derived is null");
    this.blame = requireNonNull(blame, "blame is null");
    this.links = requireNonNull(links, "links is null");
    this.messages = requireNonNull(messages, "messages is null");
    this.own = requireNonNull(own, "own is null");
  }

  /** Does all that the verdict asks for; empty if something has moved meanwhile. */
  Optional<Outcome> apply(PathSeen seen, Judgement judgement, Report report) {
    return switch (judgement.verdict()) {
      case Verdict.Verified verified -> admit(seen, judgement, report);
      case Verdict.Waiting(var need, var finding) ->
          outcome(keepWaiting(seen, judgement, need), seen, report);
      case Verdict.Rejected rejected -> outcome(withdraw(seen, report), seen, report);
    };
  }

  /** Has everyone looked at who waits for this path. Repeated on every look: a wake-up is cheap. */
  void wake(Report report) {
    report
        .storePath()
        .map(path -> StorePath.parse(path.substring(path.lastIndexOf('/') + 1)))
        .map(waits::waiters)
        .filter(waiters -> !waiters.isEmpty())
        .ifPresent(messages::lookAt);
  }

  private Optional<Outcome> admit(PathSeen seen, Judgement judgement, Report report) {
    NarPath nar = judgement.nar().orElseThrow();
    VersionId narVersion = judgement.narVersion().orElseThrow();
    if (!tags.admitShared(nar.key(), narVersion, judgement.audiences(), seen.digest())) {
      return Optional.empty();
    }
    derived.publish(seen, nar, judgement);
    forgetThePast(seen, Optional.empty());
    Optional<Report> admitted = own.admit(seen, nar, report, judgement.audiences());
    admitted.ifPresent(this::wake);
    return admitted.flatMap(last -> outcome(true, seen, last));
  }

  /**
   * The mark first, then one more look: whoever brings the thing sees the mark, or we the thing.
   */
  private boolean keepWaiting(PathSeen seen, Judgement judgement, Need need) {
    waits.begin(need, seen.path().key());
    if (waits.hasCome(need)) {
      return false;
    }
    derived.prepare(seen.hash(), judgement);
    forgetThePast(seen, Optional.of(need));
    hideWhatFallsWithIt(seen);
    return tags.set(seen.path().key(), seen.version(), VerdictTag.WAITING);
  }

  /**
   * Takes a rejected narinfo out, and before it a NAR that is bad in itself and what repeats the
   * narinfo. If we stop in between, the report says what is still to be done. A narinfo that was
   * admitted under other settings, or was there before, is hidden and stays: nobody has pushed
   * anything wrong.
   *
   * @return false if it has got another verdict since it was looked at
   */
  boolean withdraw(PathSeen seen, Report rejected) {
    if (tags.isVerified(seen.path().key(), seen.version()) != seen.isTaggedVerified()) {
      return false;
    }
    forgetThePast(seen, Optional.empty());
    if (seen.isTaggedVerified() || seen.isAdopted()) {
      hideWhatFallsWithIt(seen);
      return tags.set(seen.path().key(), seen.version(), VerdictTag.REJECTED);
    }
    blame
        .narsOwnFault(rejected)
        .ifPresent(nar -> cache.delete(nar.key(), rejected.nar().orElseThrow()));
    repeats
        .under(seen.path(), rejected.narinfo())
        .forEach(older -> cache.delete(seen.path().key(), older));
    cache.delete(seen.path().key(), rejected.narinfo());
    forgetLink(rejected);
    return true;
  }

  /** If we stop right before it, a NAR's event leads to a look in vain. */
  void forgetLink(Report gone) {
    gone.url().ifPresent(nar -> links.unlink(nar, gone.hash(), gone.narinfo()));
  }

  /** What an earlier look left behind: the mark of another need, the link of another version. */
  private void forgetThePast(PathSeen seen, Optional<Need> now) {
    seen.report()
        .flatMap(Report::need)
        .filter(old -> !now.equals(Optional.of(old)))
        .ifPresent(old -> waits.end(old, seen.hash(), seen.path().key()));
    seen.report()
        .filter(report -> !report.narinfo().equals(seen.version()))
        .ifPresent(this::forgetLink);
  }

  /**
   * A version that falls out of view must not leave the view to one that fell with it, and takes
   * along what was derived from its NAR.
   */
  private void hideWhatFallsWithIt(PathSeen seen) {
    if (seen.isTaggedVerified()) {
      seen.report().ifPresent(derived::hide);
      below.of(seen.path().key(), seen.version()).stream()
          .filter(version -> tags.isVerified(seen.path().key(), version))
          .forEach(version -> tags.set(seen.path().key(), version, VerdictTag.WAITING));
    }
  }

  private static Optional<Outcome> outcome(boolean isDone, PathSeen seen, Report report) {
    if (!isDone) {
      return Optional.empty();
    }
    boolean isNew =
        !seen.stands(report.standing())
            || !seen.report().orElseThrow().checks().equals(report.checks());
    return Optional.of(isNew ? new Outcome.Judged(report) : new Outcome.Unchanged(report));
  }
}

package io.narthex.validate;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.admission.Outcome;
import io.narthex.cache.index.IndexMessages;
import io.narthex.cache.layout.CachePath;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.store.ObjectKey;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;

/**
 * Has the index look at what was looked at, before the message that led to it is acknowledged. A
 * path whose verdict stands is told too: its narinfo may have got another tag, and who looked the
 * first time may have stopped before it said so.
 */
public final class IndexNews {
  private final IndexMessages messages;

  /** News for the index. */
  public IndexNews(IndexMessages messages) {
    this.messages = requireNonNull(messages, "messages is null");
  }

  /**
   * Tells what the index must look at.
   *
   * @param isRepeat whether the message has come before
   * @throws io.narthex.cache.store.StoreException if it could not be told: the message must come
   *     again
   */
  void tell(ObjectKey looked, List<Outcome> outcomes, boolean isRepeat) {
    boolean isAboutNarInfo = CachePath.parse(looked.value()).orElse(null) instanceof NarInfoPath;
    List<StorePathHash> hashes =
        outcomes.stream()
            .flatMap(outcome -> hash(outcome, isAboutNarInfo || isRepeat).stream())
            .distinct()
            .toList();
    if (!hashes.isEmpty()) {
      messages.look(hashes);
    }
  }

  /** The NAR of a path whose verdict stands changes nothing of what the index says. */
  private static Optional<StorePathHash> hash(Outcome outcome, boolean mayHaveChanged) {
    return switch (outcome) {
      case Outcome.Judged(var report) -> Optional.of(report.hash());
      case Outcome.Absent(var hash) -> Optional.of(hash);
      case Outcome.Unchanged(var report) ->
          mayHaveChanged ? Optional.of(report.hash()) : Optional.empty();
      case Outcome.NarWithdrawn _,
          Outcome.ObjectVerified _,
          Outcome.ObjectWaiting _,
          Outcome.ObjectRejected _,
          Outcome.Nothing _ ->
          Optional.empty();
    };
  }
}

package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.StateKeys;
import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.read.Answer.NotFound;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/** The reports on store paths, as the state bucket has them. */
final class PathReports {
  private final ObjectStore state;

  PathReports(ObjectStore state) {
    this.state = requireNonNull(state, "state is null");
  }

  Answer answer(StorePathHash hash, Caller caller) {
    Optional<ObjectContent> report = state.open(StateKeys.report(hash));
    if (report.isEmpty()) {
      return new NotFound(Reasons.absent(caller));
    }
    try (ObjectContent content = report.get()) {
      return content.object().size() > InlineKind.MAX_BODY
          ? new NotFound("the report on " + hash + " is too long")
          // The next look at the path may change it.
          : new Inline(InlineKind.JSON.headersOfThisMoment(), new Payload(content.readAll()));
    }
  }
}

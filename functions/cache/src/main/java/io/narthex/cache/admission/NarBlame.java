package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.Naming;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.store.VersionedStore;
import io.narthex.nix.path.StorePathHash;
import java.util.Optional;

/**
 * Whether a NAR goes together with the narinfo that was rejected for it. A client that pushes again
 * sends no NAR where one is, so a bad one must go; but a narinfo that lies about somebody else's
 * NAR must not take it away.
 *
 * <p>A verified NAR stays. One that Nix uploaded is named by the SHA-256 of its file: if that is
 * right, the NAR is what it says and stays; if it is wrong, it goes. A NAR with another kind of
 * name goes if no other narinfo points at it.
 */
final class NarBlame {
  private final VersionedStore cache;
  private final VerdictTags tags;
  private final NarLinks links;

  NarBlame(VersionedStore cache, VerdictTags tags, NarLinks links) {
    this.cache = requireNonNull(cache, "cache is null");
    this.tags = requireNonNull(tags, "tags is null");
    this.links = requireNonNull(links, "links is null");
  }

  /** The NAR whose judged version must go, if it must. */
  Optional<NarPath> narsOwnFault(Report rejected) {
    boolean isAboutNar =
        rejected.checks().stream()
            .flatMap(outcome -> outcome.failures().stream())
            .anyMatch(finding -> finding.check().isAboutNar());
    return rejected
        .facts()
        .filter(facts -> isAboutNar)
        .filter(facts -> rejected.nar().equals(Optional.of(facts.reading().version())))
        .filter(facts -> isAtFault(rejected.hash(), facts))
        .map(facts -> facts.reading().nar());
  }

  private boolean isAtFault(StorePathHash hash, NarFacts facts) {
    NarPath nar = facts.reading().nar();
    if (tags.isVerified(nar.key(), facts.reading().version())) {
      return false;
    }
    return switch (Naming.of(facts)) {
      case RIGHT -> false;
      case WRONG -> true;
      case SILENT ->
          links.linked(nar).stream().filter(other -> !other.equals(hash)).noneMatch(this::isThere);
    };
  }

  private boolean isThere(StorePathHash hash) {
    return cache.head(new NarInfoPath(hash).key()).isPresent();
  }
}

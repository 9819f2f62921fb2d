package io.narthex.cache.admission;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.Naming;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.report.Report;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.store.VersionedStore;
import io.narthex.cache.verdict.CheckName;
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
        .url()
        .filter(nar -> isAboutNar)
        .filter(
            nar -> rejected.nar().filter(version -> isAtFault(rejected, nar, version)).isPresent());
  }

  private boolean isAtFault(Report rejected, NarPath nar, VersionId version) {
    Optional<NarFacts> facts =
        rejected
            .facts()
            .filter(f -> f.reading().nar().equals(nar) && f.reading().version().equals(version));
    if (tags.isVerified(nar.key(), version) || (facts.isEmpty() && !isTooLarge(rejected))) {
      return false;
    }
    return switch (facts.map(Naming::of).orElse(Naming.SILENT)) {
      case RIGHT -> false;
      case WRONG -> true;
      case SILENT ->
          links.linked(nar).stream()
              .filter(other -> !other.equals(rejected.hash()))
              .noneMatch(this::isThere);
    };
  }

  /** One that was not read because it is larger than any archive of its NarSize can be. */
  private static boolean isTooLarge(Report rejected) {
    return rejected.checks().stream()
        .flatMap(outcome -> outcome.failures().stream())
        .anyMatch(f -> f.check() == CheckName.ARCHIVE && f.field().equals("URL"));
  }

  private boolean isThere(StorePathHash hash) {
    return cache.head(new NarInfoPath(hash).key()).isPresent();
  }
}

package io.narthex.cache.announce;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.report.Report;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.Finding;
import io.narthex.cache.verdict.Verdict;
import io.narthex.nix.path.StorePathHash;
import java.util.List;
import java.util.Optional;

/**
 * News of a store path. It may come twice, for whatever led to it may be repeated: a consumer goes
 * by the version.
 *
 * @param key of the narinfo
 * @param versionId of the narinfo that was judged
 * @param checks the names of those that found something; none of a verified path
 */
public record Announcement(
    Kind kind,
    StorePathHash hash,
    Optional<String> storePath,
    ObjectKey key,
    String versionId,
    List<CheckName> checks) {
  /** What happened. */
  public enum Kind {
    PATH_VERIFIED("PathVerified"),
    PATH_REJECTED("PathRejected");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As the event is called. */
    @Override
    public String toString() {
      return label;
    }
  }

  public Announcement {
    requireNonNull(kind, "kind is null");
    requireNonNull(hash, "hash is null");
    requireNonNull(storePath, "storePath is null");
    requireNonNull(key, "key is null");
    requireNonNull(versionId, "versionId is null");
    checks = List.copyOf(checks);
  }

  /** What there is to tell of a path that stands like this: nothing while it waits. */
  public static Optional<Announcement> of(Report report) {
    return switch (report.standing()) {
      case VERIFIED -> Optional.of(of(Kind.PATH_VERIFIED, report));
      case REJECTED -> Optional.of(of(Kind.PATH_REJECTED, report));
      case WAITING, REMOVED -> Optional.empty();
    };
  }

  private static Announcement of(Kind kind, Report report) {
    return new Announcement(
        kind,
        report.hash(),
        report.storePath(),
        new NarInfoPath(report.hash()).key(),
        report.narinfo().value(),
        report.verdict() instanceof Verdict.Rejected(var findings)
            ? findings.stream().map(Finding::check).distinct().toList()
            : List.of());
  }
}

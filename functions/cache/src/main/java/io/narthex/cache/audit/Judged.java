package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.store.VersionId;
import java.util.Optional;

/**
 * What an audit says of a path, and of which versions of its objects.
 *
 * @param narInfo which version of the narinfo was read, if one was
 * @param nar what the narinfo points at
 * @param narVersion which version of that was there, if one was
 */
public record Judged(
    AuditedPath path,
    Optional<VersionId> narInfo,
    Optional<NarPath> nar,
    Optional<VersionId> narVersion) {
  public Judged {
    requireNonNull(path, "path is null");
    requireNonNull(narInfo, "narInfo is null");
    requireNonNull(nar, "nar is null");
    requireNonNull(narVersion, "narVersion is null");
  }
}

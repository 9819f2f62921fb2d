package io.narthex.cache.store;

import static java.util.Objects.requireNonNull;

/** One version of an object and the tags it has at this moment. */
public record TaggedVersion(VersionId version, Tags tags) {
  public TaggedVersion {
    requireNonNull(version, "version is null");
    requireNonNull(tags, "tags is null");
  }
}

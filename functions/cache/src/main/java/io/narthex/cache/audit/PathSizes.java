package io.narthex.cache.audit;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a readable narinfo says of its path, and how its NAR was looked at, for the sums of a
 * report.
 *
 * @param compression as labelled, e.g. {@code xz}
 * @param fileSize bytes of the NAR as stored; as the narinfo claims if it was not looked at, and 0
 *     if it claims nothing
 * @param narSize bytes of the archive, as the narinfo claims
 * @param signers names of trusted keys with a good signature, sorted
 * @param archive whether the NAR was read
 */
public record PathSizes(
    String compression, long fileSize, long narSize, List<String> signers, ArchiveRead archive) {
  public PathSizes {
    requireNonNull(compression, "compression is null");
    signers = List.copyOf(signers);
    requireNonNull(archive, "archive is null");
  }
}

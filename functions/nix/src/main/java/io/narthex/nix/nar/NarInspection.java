package io.narthex.nix.nar;

import static java.util.Objects.requireNonNull;

/**
 * What one pass over a compressed archive found.
 *
 * @param file all bytes of the source, decoded or not: to be compared with {@code FileHash} and
 *     {@code FileSize}
 */
public record NarInspection(StreamDigest file, ArchiveOutcome archive) {
  public NarInspection {
    requireNonNull(file, "file is null");
    requireNonNull(archive, "archive is null");
  }
}

package io.narthex.cache.nar;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.hash.Hash;

/**
 * What one pass over a NAR found.
 *
 * @param fileHash SHA-256 of all the bytes as stored
 * @param fileSize how many those are
 */
public record NarFacts(NarReading reading, Hash fileHash, long fileSize, ArchiveFacts archive) {
  public NarFacts {
    requireNonNull(reading, "reading is null");
    requireNonNull(fileHash, "fileHash is null");
    requireNonNull(archive, "archive is null");
  }
}

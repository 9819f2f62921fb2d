package io.narthex.cache.check;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.nar.ArchiveFacts;
import io.narthex.cache.nar.NarFacts;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.verdict.CheckResult;
import io.narthex.nix.narinfo.NarInfo;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.SignatureCheck;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a check looks at.
 *
 * @param hash from the key of the narinfo
 * @param nar what {@code URL} points at; empty if that is no NAR of this cache
 * @param narPresent whether that object is there
 * @param unread what is to be said of the NAR if it was not read although it is there
 * @param storedSize bytes of that object, as far as its store said so
 * @param facts what reading the NAR found; empty if it is not there or cannot be decoded by any
 *     means
 * @param signatures what checking its signatures against the trusted keys came to
 */
public record Evidence(
    StorePathHash hash,
    NarInfo narInfo,
    Optional<NarPath> nar,
    boolean narPresent,
    OptionalLong storedSize,
    Optional<CheckResult> unread,
    Optional<NarFacts> facts,
    SignatureCheck signatures,
    Settings settings) {
  public Evidence {
    requireNonNull(hash, "hash is null");
    requireNonNull(narInfo, "narInfo is null");
    requireNonNull(nar, "nar is null");
    requireNonNull(storedSize, "storedSize is null");
    requireNonNull(unread, "unread is null");
    requireNonNull(facts, "facts is null");
    requireNonNull(signatures, "signatures is null");
    requireNonNull(settings, "settings is null");
  }

  /** What a check says that would have needed the facts. */
  CheckResult notRead() {
    return new CheckResult.NotRun(narPresent ? "the NAR was not read" : "the NAR is not there");
  }

  /** The facts of a whole archive; empty if the NAR is not there or is no archive. */
  public Optional<ArchiveFacts.WellFormed> archive() {
    return facts
        .map(NarFacts::archive)
        .filter(ArchiveFacts.WellFormed.class::isInstance)
        .map(ArchiveFacts.WellFormed.class::cast);
  }
}

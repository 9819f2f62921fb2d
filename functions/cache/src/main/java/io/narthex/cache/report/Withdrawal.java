package io.narthex.cache.report;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version that was taken out of the cache bucket, and why.
 *
 * @param text of a withdrawn narinfo; of a long one the first {@value #MAX_TEXT} UTF-16 units
 */
public record Withdrawal(
    ObjectKey key, VersionId version, Instant at, List<Finding> findings, Optional<String> text) {
  /** Real ones have a few hundred; every look at a path reads those of its last withdrawals. */
  private static final int MAX_TEXT = 1 << 16;

  public Withdrawal {
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
    requireNonNull(at, "at is null");
    findings = List.copyOf(findings);
    text = text.map(Withdrawal::shortened);
  }

  private static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    boolean splitsCharacter = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
    return text.substring(0, splitsCharacter ? MAX_TEXT - 1 : MAX_TEXT) + "…";
  }
}

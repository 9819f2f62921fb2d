package io.narthex.nix.realisation;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;
import io.narthex.nix.text.Excerpt;
import java.util.SortedSet;

/**
 * What path came out of a content-addressed derivation: a {@code .doi} file of a cache.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/json/build-trace-entry">Build trace
 *     entry</a>
 */
public sealed interface Realisation permits BuildTraceEntry, LegacyRealisation {
  /**
   * Reads the file at this path of a cache, in the format that belongs there.
   *
   * @throws MalformedRealisationException if the path is none of a realisation's, the file is not
   *     one, or it is another output's
   */
  static Realisation parse(String cachePath, byte[] bytes) throws MalformedRealisationException {
    try {
      if (cachePath.startsWith(DrvOutput.FOLDER)) {
        return BuildTraceEntry.parse(DrvOutput.parseCachePath(cachePath), bytes);
      }
      LegacyDrvOutput id = LegacyDrvOutput.parseCachePath(cachePath);
      LegacyRealisation realisation = LegacyRealisation.parse(bytes);
      if (!realisation.id().equals(id)) {
        throw new MalformedRealisationException(
            RealisationMembers.ID, "expected %s, is %s".formatted(id, realisation.id()));
      }
      return realisation;
    } catch (IllegalArgumentException e) {
      throw new MalformedRealisationException("", Excerpt.reason(e));
    }
  }

  /** The path that came out. */
  StorePath outPath();

  /** The signatures, sorted by text. */
  SortedSet<Sig> signatures();

  /** The compact JSON that signatures are made over. */
  String signedText();

  /** The file's text: compact JSON with sorted members. */
  String write();

  /** Where a cache keeps this. */
  String cachePath();

  /** Checks the signatures over {@link #signedText()}. */
  default SignatureCheck verify(TrustedPublicKeys keys) {
    return keys.verify(signedText(), signatures());
  }
}

package io.narthex.nix.realisation;

import io.narthex.nix.path.StorePath;
import io.narthex.nix.signature.Sig;
import io.narthex.nix.signature.SignatureCheck;
import io.narthex.nix.signature.TrustedPublicKeys;
import java.util.SortedSet;

/**
 * What path came out of a content-addressed derivation: a {@code .doi} file of a cache.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/protocols/json/build-trace-entry">Build trace
 *     entry</a>
 */
public sealed interface Realisation permits BuildTraceEntry, LegacyRealisation {
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

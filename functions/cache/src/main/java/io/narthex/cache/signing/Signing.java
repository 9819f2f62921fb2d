package io.narthex.cache.signing;

import static java.util.Objects.requireNonNull;

import io.narthex.nix.signature.Sig;

/** What a request for a signature came to. */
public sealed interface Signing {
  /** This is the signature. */
  record Signed(Sig sig) implements Signing {
    public Signed {
      requireNonNull(sig, "sig is null");
    }
  }

  /**
   * This key can never sign it.
   *
   * @param expected what it could sign, e.g. {@code at most 4096 bytes}
   * @param actual what it was asked to sign
   */
  record Refused(String expected, String actual) implements Signing {
    public Refused {
      requireNonNull(expected, "expected is null");
      requireNonNull(actual, "actual is null");
    }
  }
}

package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What the holder of a token knows: the {@code password} of a netrc entry. Ours are {@code nxs_}
 * and 256 random bits in base64url, so that scanners for leaked secrets find them; what a caller
 * sends as one may be any text. It never prints.
 */
public final class TokenSecret {
  private static final String PREFIX = "nxs_";
  private static final int BYTES = 32;

  private final String text;

  private TokenSecret(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /** A new one. */
  static TokenSecret random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new TokenSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What somebody sent as the secret of a token. */
  public static TokenSecret of(String text) {
    return new TokenSecret(text);
  }

  /** The text, for the one who is to have it. */
  public String reveal() {
    return text;
  }

  /** What of it is kept. */
  public SecretHash hash() {
    return SecretHash.of(text);
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "(a secret)";
  }
}

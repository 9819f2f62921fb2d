package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

/**
 * A token just made, with the secret that is told this once.
 *
 * @param secret nowhere else
 */
public record IssuedToken(Token token, TokenSecret secret) {
  public IssuedToken {
    requireNonNull(token, "token is null");
    requireNonNull(secret, "secret is null");
  }

  /**
   * The line of a {@code netrc-file} by which Nix sends it: {@code machine HOST login … password
   * …}, without a line end. It holds the secret.
   *
   * @param host of the cache's URL, without a port, which netrc does not know
   */
  public String netrc(String host) {
    return "machine %s login %s password %s".formatted(host, token.id(), secret.reveal());
  }
}

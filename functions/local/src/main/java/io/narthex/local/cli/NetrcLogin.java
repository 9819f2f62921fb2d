package io.narthex.local.cli;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.TokenId;
import io.narthex.cache.principal.TokenSecret;
import java.net.URI;
import java.time.Instant;

/** What a {@code netrc-file} says of one cache. */
record NetrcLogin(TokenId login, TokenSecret password, Instant expires) {
  NetrcLogin {
    requireNonNull(login, "login is null");
    requireNonNull(password, "password is null");
    requireNonNull(expires, "expires is null");
  }

  /** One line, without its end. It holds the secret. */
  String line(String host) {
    return "machine %s login %s password %s".formatted(host, login, password.reveal());
  }

  /** The same in JSON, with the day on which it is no good any more. */
  String json(String host) {
    return "{\"machine\":\"%s\",\"login\":\"%s\",\"password\":\"%s\",\"expires\":\"%s\"}"
        .formatted(host, login, password.reveal(), expires);
  }

  /** The host of a URL as netrc has it, which knows no ports. */
  static String host(URI url) {
    return requireNonNull(url.getHost(), "no host in the URL");
  }

  /** A host that a user names; anything else would put words of its own into the line. */
  static String requireHost(String host) {
    boolean isHost =
        !host.isEmpty()
            && host.chars()
                .allMatch(
                    c -> (c < 0x7f && Character.isLetterOrDigit(c)) || ".-_:[]".indexOf(c) >= 0);
    if (!isHost) {
      throw new CannotException("not the name of a host: " + host);
    }
    return host;
  }
}

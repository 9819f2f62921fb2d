package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.local.cli.login.BasicCredentials;
import io.narthex.local.cli.login.NetrcCredentials;
import io.narthex.local.cli.login.NixConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/** The credentials that Nix sends: those of its {@code netrc-file}. */
public final class NetrcLogins implements Logins {
  private final NixConfig nix;

  public NetrcLogins(NixConfig nix) {
    this.nix = requireNonNull(nix, "nix is null");
  }

  @Override
  public Optional<String> of(URI cache) {
    try {
      return new NetrcCredentials(nix.netrcFile()).of(cache).map(BasicCredentials::header);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + nix.netrcFile(), e);
    }
  }
}

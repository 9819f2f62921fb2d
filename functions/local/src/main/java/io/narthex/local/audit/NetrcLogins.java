package io.narthex.local.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.narthex.local.cli.login.NetrcCredentials;
import io.narthex.local.cli.login.NixConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Base64;
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
      String text = Files.readString(nix.netrcFile(), ISO_8859_1);
      return NetrcCredentials.of(text, requireNonNull(cache.getHost(), "no host"))
          .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + nix.netrcFile(), e);
    }
  }
}

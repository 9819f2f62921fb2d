package io.narthex.local.cli;

import io.narthex.local.cli.login.BasicCredentials;
import io.narthex.local.cli.login.NetrcCredentials;
import io.narthex.local.cli.login.NixConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which cache's API a command asks, and as whom: one that runs here, that of a stack on AWS, or any
 * at its URL, with what Nix would send it.
 */
final class ApiOption {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StackOption stack = new StackOption();

  @Option(
      names = "--cache",
      paramLabel = "URL",
      description = "Ask the cache at this URL, not the one that runs here.")
  private Optional<URI> cache = Optional.empty();

  @Option(
      names = "--netrc",
      paramLabel = "FILE",
      description =
          "Credentials from this file (default: the netrc-file that Nix is configured with).")
  private Optional<Path> netrc = Optional.empty();

  /** The cache. */
  CacheClient client() {
    if (cache.isPresent() && stack.isGiven()) {
      throw new CannotException("one of --cache and --stack");
    }
    if (!stack.isGiven() && stack.aws().isGiven()) {
      throw new CannotException("--region and --profile go with --stack");
    }
    Optional<URI> elsewhere =
        stack.name().map(name -> stack.aws().access().cacheUrl(name)).or(() -> cache);
    CacheClient client =
        elsewhere.map(CacheClient::at).orElseGet(() -> RunningHost.in(data.data()).client());
    return client.as(credentials(client.url()));
  }

  private Optional<BasicCredentials> credentials(URI url) {
    Path file = netrc.orElseGet(() -> new NixConfig(System.getenv()).netrcFile());
    try {
      return new NetrcCredentials(file).of(url);
    } catch (IOException e) {
      throw new CannotException("cannot read " + file + ": " + e.getMessage());
    }
  }
}

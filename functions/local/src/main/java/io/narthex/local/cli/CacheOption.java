package io.narthex.local.cli;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cache a command asks: one that runs here, or any at its URL. */
final class CacheOption {
  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--cache",
      paramLabel = "URL",
      description = "Ask the cache at this URL, not the one that runs here.")
  private Optional<URI> cache = Optional.empty();

  CacheClient client() {
    return cache.map(CacheClient::at).orElseGet(() -> RunningHost.in(data.data()).client());
  }
}

package io.narthex.local.cli;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cache a command asks: one that runs here, a stack on AWS, or any at its URL. */
final class CacheOption {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StackOption stack = new StackOption();

  @Option(
      names = "--cache",
      paramLabel = "URL",
      description = "Ask the cache at this URL, not the one that runs here.")
  private Optional<URI> cache = Optional.empty();

  /** The caller closes it. */
  PathView open() {
    if (cache.isPresent() && stack.isGiven()) {
      throw new CannotException("one of --cache and --stack");
    }
    Optional<PathView> elsewhere =
        stack
            .open()
            .<PathView>map(one -> one)
            .or(() -> cache.map(CacheClient::at).map(CacheDoor::new));
    return elsewhere.orElseGet(() -> new CacheDoor(RunningHost.in(data.data()).client()));
  }
}

package io.narthex.local.cli;

import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import picocli.CommandLine.Option;

/** One upstream cache. */
public final class UpstreamOption {
  @Option(
      names = "--upstream",
      required = true,
      paramLabel = "URL",
      description = "A cache whose paths satisfy references; repeatable.")
  private String url = "";

  @Option(
      names = "--upstream-key",
      required = true,
      paramLabel = "NAME:KEY",
      description = "The key that its answers must be signed with.")
  private String key = "";

  /** As the settings have it. */
  public UpstreamCache upstream() {
    return new UpstreamCache(URI.create(url), PublicKey.parse(key));
  }
}

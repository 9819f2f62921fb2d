package io.narthex.local.cli;

import io.narthex.cache.login.ExchangeRequest;
import io.narthex.local.cli.login.TokenClient;
import io.narthex.local.cli.login.WebTokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex token exchange}: a token for who has one of an OIDC issuer, as CI jobs have. */
@Command(
    name = "exchange",
    description = "Gets a token for one of an OIDC issuer and puts it where Nix finds it.",
    mixinStandardHelpOptions = true)
final class Exchange implements Callable<Integer> {
  @Mixin private final NetrcOption netrc = new NetrcOption();
  @Mixin private final LifeOption life = new LifeOption();

  @Option(names = "--cache", required = true, paramLabel = "URL", description = "The cache.")
  private URI cache = URI.create("");

  @Option(
      names = "--issuer-token-file",
      paramLabel = "FILE",
      description =
          "The issuer's token (default: NARTHEX_OIDC_TOKEN, else GitHub Actions is asked).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--audience",
      paramLabel = "TEXT",
      description = "For which GitHub Actions is asked (default: the URL of the cache).")
  private Optional<String> audience = Optional.empty();

  @Override
  public Integer call() throws IOException {
    var client = new TokenClient(cache);
    var source = new WebTokenSource(System.getenv());
    String forWhom = audience.orElseGet(() -> cache.toString().replaceAll("/+$", ""));
    return netrc.put(
        cache,
        () -> client.exchange(source.find(file, forWhom), new ExchangeRequest(life.asked())),
        again());
  }

  private String again() {
    return "narthex token exchange --cache "
        + cache
        + file.map(path -> " --issuer-token-file " + path).orElse("")
        + audience.map(text -> " --audience " + text).orElse("")
        + life.again();
  }
}

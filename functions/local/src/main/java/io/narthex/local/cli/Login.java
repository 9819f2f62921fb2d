package io.narthex.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.stack.AwsAccess;
import io.narthex.cache.login.Audience;
import io.narthex.cache.login.LoginRequest;
import io.narthex.cache.login.TokenAnswer;
import io.narthex.local.cli.login.NetrcEntry;
import io.narthex.local.cli.login.TokenClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex login}: a token for who has AWS credentials. */
@Command(
    name = "login",
    description = "Gets a token for your AWS credentials and puts it where Nix finds it.",
    mixinStandardHelpOptions = true)
final class Login implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final NetrcOption netrc = new NetrcOption();
  @Mixin private final LifeOption life = new LifeOption();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of your AWS configuration to use (default: as AWS's own tools).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Whose STS is asked (default: as AWS's own tools find it).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "URL",
      description = "The cache at this URL, not the one that runs here.")
  private Optional<URI> cache = Optional.empty();

  @Option(names = "--stack", paramLabel = "NAME", description = "The cache of this stack on AWS.")
  private Optional<String> stack = Optional.empty();

  @Option(
      names = "--from-stdin",
      description = "Only put the line there that --print printed, read from standard input.")
  private boolean fromStdin;

  @Override
  public Integer call() throws IOException {
    if (fromStdin) {
      return netrc.put(NetrcEntry.parse(line()));
    }
    if (cache.isPresent() && stack.isPresent()) {
      throw new CannotException("one of --cache and --stack");
    }
    Optional<RunningHost> host =
        cache.isPresent() || stack.isPresent()
            ? Optional.empty()
            : Optional.of(RunningHost.in(data.data()));
    AwsAccess aws =
        AwsAccess.of(
            region.or(() -> host.map(here -> here.variable("AWS_REGION"))),
            profile,
            System.getenv());
    URI url = url(host, aws);
    var client = new TokenClient(url);
    Optional<URI> sts = host.map(here -> URI.create(here.variable("NARTHEX_S3")));
    return netrc.put(url, () -> login(client, aws, sts, Audience.of(url)), again(url));
  }

  private URI url(Optional<RunningHost> host, AwsAccess aws) {
    return cache
        .or(() -> stack.map(aws::cacheUrl))
        .or(() -> host.map(here -> URI.create(here.variable("NARTHEX_URL"))))
        .orElseThrow();
  }

  private TokenAnswer login(
      TokenClient client, AwsAccess aws, Optional<URI> sts, Audience audience) {
    return client.login(
        new LoginRequest(aws.callerIdentity(sts).url(audience), audience, life.asked()));
  }

  private String again(URI url) {
    return "narthex login --cache "
        + url
        + profile.map(name -> " --profile " + name).orElse("")
        + region.map(name -> " --region " + name).orElse("");
  }

  private static String line() throws IOException {
    String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    if (line == null) {
      throw new CannotException("nothing on standard input: the first command failed");
    }
    return line;
  }
}

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
      names = "--cache",
      paramLabel = "URL",
      description = "The cache at this URL, not the one that runs here.")
  private Optional<URI> cache = Optional.empty();

  @Mixin private final StackOption stack = new StackOption();

  @Option(
      names = "--from-stdin",
      description = "Only put the line there that --print printed, read from standard input.")
  private boolean fromStdin;

  @Override
  public Integer call() throws IOException {
    if (fromStdin) {
      return netrc.put(NetrcEntry.parse(line()));
    }
    if (cache.isPresent() && stack.isGiven()) {
      throw new CannotException("one of --cache and --stack");
    }
    Optional<RunningHost> host =
        cache.isPresent() || stack.isGiven()
            ? Optional.empty()
            : Optional.of(RunningHost.in(data.data()));
    AwsAccess aws = stack.aws().access(host.map(here -> here.variable("AWS_REGION")));
    URI url = url(host, aws);
    var client = new TokenClient(url);
    Optional<URI> sts = host.map(RunningHost::sts);
    return netrc.put(url, () -> login(client, aws, sts, Audience.of(url)), again(url));
  }

  private URI url(Optional<RunningHost> host, AwsAccess aws) {
    return cache
        .or(() -> stack.name().map(aws::cacheUrl))
        .or(() -> host.map(RunningHost::url))
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
        + stack.aws().profile().map(name -> " --profile " + name).orElse("")
        + stack.aws().region().map(name -> " --region " + name).orElse("")
        + life.again();
  }

  private static String line() throws IOException {
    String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    if (line == null) {
      throw new CannotException("nothing on standard input: the first command failed");
    }
    return line;
  }
}
